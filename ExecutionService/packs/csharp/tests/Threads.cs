var counter = 0;
var threads = Enumerable.Range(0, 16).Select(_ => new Thread(Count)).ToList();
threads.ForEach(thread => thread.Start());
threads.ForEach(thread => thread.Join());
Console.WriteLine(counter);

var squares = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => number * number)));
Console.WriteLine(string.Join(' ', squares));

Console.WriteLine(Enumerable.Range(0, 100).AsParallel().Sum());

void Count()
{
    for (var step = 0; step < 1000; step++)
        Interlocked.Increment(ref counter);
}
