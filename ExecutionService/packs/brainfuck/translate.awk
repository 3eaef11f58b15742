# Writes a program in C, with a statement for each run of the same instruction. All else is a comment.
# Usage: awk -v file=NAME -f translate.awk NAME

BEGIN {
    quoted = file
    gsub(/["\\]/, "\\\\&", quoted)
    print "#include \"tape.h\"\n"
    print "int main(void) {"
    print "    unsigned char *cell = tape;"

    statement["+"] = "*cell += %d;"
    statement["-"] = "*cell -= %d;"
    statement[">"] = "RIGHT(%d);"
    statement["<"] = "LEFT(%d);"
    statement["."] = "WRITE(%d);"
    statement[","] = "READ(%d);"
}

{
    for (column = 1; column <= length($0); column++)
        take(substr($0, column, 1))
}

END {
    if (refused)
        exit 1
    end_run()
    if (depth > 0)
        refuse(opened_line[depth], opened_column[depth], "[ without its ]")
    print "    return 0;"
    print "}"
}

function take(instruction) {
    if (instruction in statement) {
        if (instruction != run)
            end_run()
        if (length_of_run++ == 0) {
            run = instruction
            run_line = NR
        }
    } else if (instruction == "[") {
        end_run()
        opened_line[++depth] = NR
        opened_column[depth] = column
        print "    while (*cell) {"
    } else if (instruction == "]") {
        end_run()
        if (depth-- == 0)
            refuse(NR, column, "] without its [")
        print "    }"
    }
}

function end_run() {
    if (length_of_run > 0)
        printf "#line %d \"%s\"\n    " statement[run] "\n", run_line, quoted, length_of_run
    run = ""
    length_of_run = 0
}

function refuse(line, column, reason) {
    printf "%s:%d:%d: error: %s\n", file, line, column, reason > "/dev/stderr"
    refused = 1
    exit 1
}
