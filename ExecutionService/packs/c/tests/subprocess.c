#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(3);
    int status;
    waitpid(child, &status, 0);
    printf("child exited with %d\n", WEXITSTATUS(status));

    char line[80] = "";
    FILE *shell = popen("echo hello", "r");
    if (!shell || !fgets(line, sizeof line, shell))
        return 1;
    pclose(shell);
    printf("shell says %s", line);
}
