using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that leave something for the next one, which then looks for it. Each says that it did leave it.</summary>
public sealed class LeftoverTests(WatchedHost host)
{
    [Fact]
    public async Task Files_in_every_place_that_can_be_written_are_gone()
    {
        await ExpectGoneAsync(
            Requests.Bash("for d in ~ /tmp /dev/shm /var/tmp; do echo left > $d/planted; done; cat ~/planted /dev/shm/planted /var/tmp/planted | grep -c left"), "3\n",
            Requests.Bash("find / ~ /tmp/ /dev/shm /var/tmp/ /run -maxdepth 1 -name 'planted*'; echo none"), "none\n");
    }

    [Fact]
    public async Task What_shells_read_when_they_start_is_not_read_by_the_next()
    {
        await ExpectGoneAsync(
            Requests.Bash("for f in .bashrc .profile .bash_profile .bash_login .inputrc; do echo 'echo planted' > ~/$f; done; bash -i -c true 2> /dev/null"), "planted\n",
            Requests.Bash("bash -i -c true 2> /dev/null; bash -l -c true; echo clean"), "clean\n");
    }

    [Fact]
    public async Task What_python_imports_at_its_start_is_not_imported_by_the_next()
    {
        await ExpectGoneAsync(
            Requests.Python("""
                import os, site, subprocess, sys
                theirs = site.getusersitepackages()
                del os.environ['PYTHONUSERBASE']
                mine = os.path.expanduser('~/.local/lib/python%d.%d/site-packages' % sys.version_info[:2])
                os.makedirs(mine)
                open(mine + '/usercustomize.py', 'w').write('print("planted")')
                open(mine + '/planted.pth', 'w').write('import sys; sys.planted = 1')
                for folder in (os.path.dirname(os.__file__), os.path.dirname(os.__file__) + '/__pycache__', theirs):
                    try:
                        open(folder + '/sitecustomize.py', 'w')
                        print('wrote to the library')
                    except OSError:
                        pass
                subprocess.run([sys.executable, '-c', 'import sys; print(sys.planted)'])
                """), "planted\n1\n",
            Requests.Python("import sys\nprint(hasattr(sys, 'planted'), [p for p in sys.path if 'local' in p and 'workspace' in p])"), "False []\n");
    }

    [Fact]
    public async Task Nodes_settings_and_modules_are_not_found_by_the_next()
    {
        await ExpectGoneAsync(
            Programs.JavaScript("""
                const fs = require('fs');
                fs.writeFileSync(process.env.HOME + '/.npmrc', 'node-options=--require /tmp/planted.js');
                fs.mkdirSync(process.env.HOME + '/.node_modules/planted', { recursive: true });
                fs.writeFileSync(process.env.HOME + '/.node_modules/planted/index.js', 'module.exports = "planted"');
                console.log(require('child_process').execFileSync(process.execPath, ['-p', 'require("planted")']).toString().trim());
                """), "planted\n",
            Programs.JavaScript("try { console.log(require('planted')); } catch (error) { console.log(error.code); }"), "MODULE_NOT_FOUND\n");
    }

    [Fact]
    public async Task Shared_memory_semaphores_and_message_queues_are_gone()
    {
        const string Headers = "#include <sys/ipc.h>\n#include <sys/shm.h>\n#include <sys/sem.h>\n#include <sys/msg.h>";
        await ExpectGoneAsync(
            Programs.C("""
                char *memory = shmat(shmget(0x1234, 4096, IPC_CREAT | 0666), NULL, 0);
                strcpy(memory, "left");
                TRY(semget(0x1234, 1, IPC_CREAT | 0666));
                int queue = msgget(0x1234, IPC_CREAT | 0666);
                struct { long kind; char text[4]; } message = { 1, "left" };
                TRY(msgsnd(queue, &message, 4, 0));
                TRY(shmget(0x1234, 4096, 0));
                """, before: Headers), "DONE\nDONE\nDONE\n",
            Programs.C("TRY(shmget(0x1234, 4096, 0)); TRY(semget(0x1234, 1, 0)); TRY(msgget(0x1234, 0));", before: Headers), "ENOENT\nENOENT\nENOENT\n");
    }

    [Fact]
    public async Task A_posix_message_queue_is_not_even_made()
    {
        var answer = await host.RunAsync(Programs.C("""TRY(syscall(SYS_mq_open, "planted", O_CREAT | O_RDWR, 0666, NULL));"""));

        Assert.Matches("^(EMFILE|ENOSPC)\n$", answer.Output());
    }

    [Fact]
    public async Task A_listening_socket_and_a_daemon_are_gone()
    {
        await ExpectGoneAsync(
            Requests.Python("""
                import os, socket
                server, named = socket.create_server(('127.0.0.1', 7777)), socket.socket(socket.AF_UNIX)
                named.bind('\0planted')
                named.listen()
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        server.accept()
                    os._exit(0)
                os.wait()
                print('listening')
                """), "listening\n",
            Requests.Python("""
                import os, socket
                for family, address in ((socket.AF_INET, ('127.0.0.1', 7777)), (socket.AF_UNIX, '\0planted')):
                    try:
                        socket.socket(family).connect(address)
                        print('reached')
                    except ConnectionRefusedError:
                        print('refused')
                print(sorted(int(p) for p in os.listdir('/proc') if p.isdigit()))
                """), "refused\nrefused\n[1, 2]\n");
    }

    [Fact]
    public async Task Javas_settings_and_caches_are_gone()
    {
        await ExpectGoneAsync(
            Programs.Java("""
                var preferences = Path.of(System.getProperty("user.home"), ".java", ".userPrefs");
                Files.createDirectories(preferences);
                Files.writeString(preferences.resolve("planted"), "left");
                Files.createDirectories(Path.of("/tmp/hsperfdata_runner"));
                Files.writeString(Path.of(".hotspotrc"), "+PrintFlagsFinal");
                System.out.println(Files.readString(preferences.resolve("planted")));
                """), "left\n",
            Programs.Java("""System.out.println(Files.exists(Path.of(System.getProperty("user.home"), ".java")) + " " + Files.exists(Path.of("/tmp/hsperfdata_runner")) + " " + Files.exists(Path.of(".hotspotrc")));"""),
            "false false false\n");
    }

    [Fact]
    public async Task What_compiling_left_behind_beside_its_output_does_not_reach_the_run()
    {
        // The wrapper runs a command of ours in place of each step of the compiler.
        var request = Programs.C("""TRY(access("/tmp/planted", F_OK)); TRY(access("/workspace/planted", F_OK)); TRY(kill(3, 0));""");
        request.Files.Add(Requests.File("wrap.sh", "#!/bin/bash\ntouch /tmp/planted /workspace/planted\nsetsid sleep 60 > /dev/null 2>&1 < /dev/null &\nexec \"$@\"\n"));
        request.CompilerArguments.AddRange(["-wrapper", "bash,wrap.sh"]);

        var answer = await host.RunAsync(request);

        answer.ShouldPrint("ENOENT\nENOENT\nESRCH\n");
    }

    private async Task ExpectGoneAsync(ExecuteRequest leaving, string left, ExecuteRequest looking, string found)
    {
        (await host.RunAsync(leaving)).ShouldPrint(left);
        (await host.RunAsync(looking)).ShouldPrint(found);
    }
}
