void main () {
    var squares = new Gee.ArrayList<int> ();
    for (int i = 0; i < 4; i++) {
        int number = i;
        var thread = new Thread<int> ("square", () => number * number);
        squares.add (thread.join ());
    }
    foreach (var square in squares)
        print (@"$square ");
    try {
        string said;
        Process.spawn_command_line_sync ("echo hello", out said);
        print (said);
    } catch (SpawnError error) {
        printerr ("%s\n", error.message);
    }
}
