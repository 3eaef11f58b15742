namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Programs whose output tells much about how Python was started.</summary>
internal static class PythonPrograms
{
    public static readonly IReadOnlyDictionary<string, (string EntryPoint, string Text)> All = new Dictionary<string, (string, string)>
    {
        ["hello"] = ("main.py", "print('hello', 1 + 1)"),
        ["itself"] = ("main.py", "import sys\nprint(sys.argv, sys.orig_argv, sys.executable, sys.flags, sys.path, __name__, __file__, __spec__, __loader__.__class__.__name__, __builtins__)"),
        ["another entry point"] = ("src/tool.py", "import sys\nprint(sys.argv, sys.orig_argv, sys.path[0], __file__)\nraise SystemExit(4)"),
        ["an entry point of another alphabet"] = ("größe.py", "import sys\nprint(sys.argv[0], __file__)\n1 / 0"),
        ["modules that are there"] = ("main.py", "import sys\nprint(sorted(sys.modules), sys.meta_path, sys.path_hooks, sorted(sys.path_importer_cache), sys.builtin_module_names)"),
        ["names that are there"] = ("main.py", "import builtins\nprint(sorted(globals()), sorted(vars(builtins)), dir())"),
        ["the environment"] = ("main.py", "import os\nprint(dict(os.environ), list(os.environb))"),
        ["the environment of a child"] = ("main.py", "import subprocess\nprint(subprocess.run(['env'], capture_output=True, text=True).stdout)"),
        ["an uncaught exception"] = ("main.py", "print('before')\ndef half(number):\n    return number.value / 2\nhalf(None)"),
        ["an exception with causes"] = ("main.py", "def read():\n    try:\n        {}['key']\n    except KeyError as error:\n        raise ValueError('no key') from error\ntry:\n    read()\nexcept ValueError:\n    raise RuntimeError('again')"),
        ["an exception group"] = ("main.py", "raise ExceptionGroup('several', [ValueError(1), TypeError('two')])"),
        ["a syntax error"] = ("main.py", "print('never'\nfor"),
        ["an indentation error"] = ("main.py", "if True:\nprint(1)"),
        ["source that is not UTF-8"] = ("main.py", "# -*- coding: latin-1 -*-\nprint('fine')"),
        ["a missing module"] = ("main.py", "import nothing_of_that_name"),
        ["a deep recursion"] = ("main.py", "def down(n):\n    return down(n + 1)\ndown(0)"),
        ["a name suggestion"] = ("main.py", "colour = 1\nprint(color)"),
        ["a status"] = ("main.py", "import sys, atexit\natexit.register(print, 'bye')\nsys.exit(3)"),
        ["a message as status"] = ("main.py", "import sys\nsys.exit('that is wrong')"),
        ["an exit without cleaning"] = ("main.py", "import os, sys\nprint('lost in the buffer')\nprint('said', file=sys.stderr)\nos._exit(5)"),
        ["a signal"] = ("main.py", "import os, signal\nprint('before', flush=True)\nos.kill(os.getpid(), signal.SIGTERM)"),
        ["an interrupt"] = ("main.py", "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(1)"),
        ["handlers of signals"] = ("main.py", "import signal\nprint({s.name: signal.getsignal(s) for s in signal.valid_signals() if not isinstance(s, int) or s < 32})"),
        ["a handler of its own"] = ("main.py", "import os, signal\nsignal.signal(signal.SIGUSR1, lambda number, frame: print('got', number, frame.f_lineno))\nos.kill(os.getpid(), signal.SIGUSR1)\nprint(signal.pthread_sigmask(signal.SIG_BLOCK, []))"),
        ["a broken pipe"] = ("main.py", "import os\nr, w = os.pipe()\nos.close(r)\ntry:\n    os.write(w, b'x')\nexcept BrokenPipeError as error:\n    print(error)"),
        ["an abort"] = ("main.py", "import os\nprint('x')\nos.abort()"),
        ["standard input by lines"] = ("main.py", "import sys\nfor line in sys.stdin:\n    print(repr(line))"),
        ["standard input at once"] = ("main.py", "import sys\nprint(repr(sys.stdin.read()), sys.stdin.buffer.read())"),
        ["input"] = ("main.py", "print(input('first? '), input('second? '))\nprint(input())"),
        ["streams"] = ("main.py", "import sys\nfor s in (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__):\n    print(repr(s), s.errors, s.line_buffering, s.write_through, s.newlines, s.isatty(), s.fileno(), s.buffer, s.buffer.raw, s.buffer.raw.closefd)\nprint(sys.stdin is sys.__stdin__)"),
        ["two streams"] = ("main.py", "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.stdout.write('no newline')\nsys.stderr.write('no newline either')"),
        ["bytes"] = ("main.py", "import sys\nsys.stdout.buffer.write(bytes(range(256)))"),
        ["half characters"] = ("main.py", "print('\\ud800')"),
        ["much output"] = ("main.py", "import sys\nfor i in range(5000):\n    print('line', i)\nprint('end', file=sys.stderr)"),
        ["descriptors"] = ("main.py", "import os\nprint(os.listdir('/proc/self/fd'), [os.get_inheritable(fd) for fd in (0, 1, 2)])"),
        ["its processes"] = ("main.py", "import os\nprint(os.getpid(), os.getppid(), os.getpgrp(), os.getsid(0), os.getuid(), os.getgroups(), os.umask(0), os.getcwd(), sorted(p for p in os.listdir('/proc') if p.isdigit()))"),
        ["its status"] = ("main.py", "import re\nprint(re.sub(r'(?m)^(Vm|Rss|Hugetlb|voluntary|nonvoluntary|Speculation|Mems|Cpus|untag|THP|x86|Sig(Q|Blk|Ign|Cgt)).*\\n', '', open('/proc/self/status').read()))"),
        ["its signals by the kernel"] = ("main.py", "print([line for line in open('/proc/self/status') if line.startswith('Sig') and not line.startswith('SigQ')])"),
        ["its limits"] = ("main.py", "import resource\nprint([(n, resource.getrlimit(getattr(resource, n))) for n in sorted(dir(resource)) if n.startswith('RLIMIT_') and n != 'RLIMIT_CPU'])"),
        ["its memory by name"] = ("main.py", "print(open('/proc/self/comm').read(), open('/proc/self/oom_score_adj').read(), open('/proc/self/cgroup').read())"),
        ["mounts"] = ("main.py", "print(sorted(set(line.split()[1] for line in open('/proc/mounts'))))"),
        ["threads"] = ("main.py", "import threading\nt = threading.Thread(target=lambda: print(threading.current_thread().name, threading.active_count()))\nt.start(); t.join()\nprint(threading.main_thread(), threading.get_native_id(), threading.current_thread() is threading.main_thread())"),
        ["an exception in a thread"] = ("main.py", "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start(); t.join()\nprint('after')"),
        ["children"] = ("main.py", "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'import sys; print(sys.argv, sys.flags.dont_write_bytecode, sys.path[1:])', 'x'], capture_output=True, text=True))"),
        ["a fork"] = ("main.py", "import os\npid = os.fork()\nif pid == 0:\n    print('child', os.getppid() > 0)\n    raise SystemExit(7)\nprint('parent', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))"),
        ["processes by multiprocessing"] = ("main.py", "from multiprocessing import Pool\ndef square(x):\n    return x * x\nif __name__ == '__main__':\n    with Pool(2) as pool:\n        print(pool.map(square, range(5)))"),
        ["spawned processes"] = ("main.py", "import multiprocessing as mp\ndef say(word):\n    print(word, __name__)\nif __name__ == '__main__':\n    p = mp.get_context('spawn').Process(target=say, args=('spawned',))\n    p.start(); p.join(); print(p.exitcode)"),
        ["asyncio"] = ("main.py", "import asyncio\nasync def main():\n    await asyncio.gather(*(asyncio.sleep(0.01 * i) for i in range(3)))\n    p = await asyncio.create_subprocess_exec('echo', 'hi', stdout=asyncio.subprocess.PIPE)\n    print(await p.communicate())\nasyncio.run(main())"),
        ["files"] = ("main.py", "import os, tempfile, pathlib\nopen('made.txt', 'w').write('x')\nprint(os.listdir('.'), oct(os.stat('made.txt').st_mode), tempfile.gettempdir(), pathlib.Path.home(), os.path.expanduser('~'))"),
        ["clocks"] = ("main.py", "import time\nprint(time.process_time() < 5, time.perf_counter() > 0, time.thread_time() < 5, time.tzname, time.strftime('%Z'))"),
        ["its locale"] = ("main.py", "import locale, sys\nprint(locale.getlocale(), locale.setlocale(locale.LC_ALL), sys.getfilesystemencoding(), sys.getdefaultencoding(), locale.getencoding())"),
        ["the interpreter"] = ("main.py", "import sys, sysconfig, platform\nprint(sys.version, sys.implementation, sys.prefix, sys.base_prefix, sys.platlibdir, sys._xoptions, sys.warnoptions, sys.hash_info, sys.getrecursionlimit(), sys.getswitchinterval(), platform.python_version(), sys.dont_write_bytecode, sys.pycache_prefix, sys.int_info)"),
        ["the site"] = ("main.py", "import site\nprint(site.ENABLE_USER_SITE, site.USER_SITE, site.USER_BASE, site.PREFIXES, quit, exit, copyright)"),
        ["garbage"] = ("main.py", "import gc\nprint(gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), gc.garbage, gc.get_debug())"),
        ["warnings"] = ("main.py", "import warnings\nwarnings.warn('careful')\nprint(warnings.filters)\nprint('' is '')"),
        ["hooks"] = ("main.py", "import sys, threading\nprint(sys.excepthook, sys.unraisablehook, sys.displayhook, sys.breakpointhook, sys.gettrace(), sys.getprofile(), threading.excepthook, sys.get_asyncgen_hooks())"),
        ["audit of what follows"] = ("main.py", "import sys\nseen = []\nsys.addaudithook(lambda event, args: seen.append(event))\nimport json\nprint(seen)"),
        ["frames"] = ("main.py", "import sys, traceback\nframe = sys._getframe()\nprint(frame.f_back, frame.f_code, [f.line for f in traceback.extract_stack()])"),
        ["an inspection"] = ("main.py", "import inspect, sys\ndef f(a, *b, c=1): ...\nprint(inspect.signature(f), inspect.getsource(f), inspect.getmodule(f), inspect.stack()[0].filename)"),
        ["its own module again"] = ("main.py", "import main\nprint(main.__file__, __name__, main.__name__, main.__spec__)"),
        ["another file"] = ("main.py", "import os, sys\nopen('other.py', 'w').write('print(__name__, __file__, __cached__)')\nimport other\nprint(os.listdir('.'), other.__spec__, sorted(sys.path_importer_cache))"),
        ["a package run as a module"] = ("main.py", "import runpy, os\nos.mkdir('pkg'); open('pkg/__main__.py', 'w').write('import sys; print(sys.argv, __name__, __package__)')\nrunpy.run_module('pkg', run_name='__main__', alter_sys=True)"),
        ["a module of the name of the host's"] = ("main.py", "import importlib.util\nprint(importlib.util.find_spec('usercustomize'), importlib.util.find_spec('sitecustomize') is not None)"),
        ["ctypes"] = ("main.py", "import ctypes, ctypes.util\nprint(ctypes.CDLL(None).getpid(), ctypes.pythonapi, sorted(n for n in dir(ctypes) if n[0] != '_')[:5])"),
        ["numbers"] = ("main.py", "from decimal import Decimal\nfrom fractions import Fraction\nprint(2 ** 200, Decimal(1) / 7, Fraction(3, 4) + 1, 0.1 + 0.2, float('nan'), 10 ** 5000 > 0)"),
        ["a table in memory"] = ("main.py", "import sqlite3, zlib, ssl, json\ndb = sqlite3.connect(':memory:')\nprint(db.execute('select 6 * 7').fetchone(), zlib.crc32(b'abc'), json.dumps({'a': [1, 2.5, None]}), ssl.OPENSSL_VERSION)"),
        ["too much memory"] = ("main.py", "try:\n    bytearray(10 ** 13)\nexcept MemoryError as error:\n    print('no', error)"),
        ["what is left at the end"] = ("main.py", "class Loud:\n    def __del__(self):\n        print('gone', self.name)\na, b = Loud(), Loud()\na.name, b.name = 'a', 'b'\nb.me = b\nprint('end')"),
        ["a cycle of the program's that is collected"] = ("main.py", "import gc\nclass Loud:\n    def __del__(self):\n        print('gone')\nloud = Loud()\nloud.me = loud\ndel loud\nprint(gc.collect() > 0, len(gc.get_objects()) > 1000)"),
        ["its globals"] = ("main.py", "import sys\nprint(list(globals()), vars(sys.modules['__main__']) is globals(), list(sys.modules)[:8])"),
        ["a destructor that is left to a module"] = ("main.py", "import json\nclass Loud:\n    def __del__(self):\n        print('gone')\njson.kept = Loud()\nprint('end')"),
        ["a destructor among what is built in"] = ("main.py", "import builtins, os\nclass Loud:\n    def __del__(self, write=os.write):\n        write(1, b'gone\\n')\nbuiltins.mine = Loud()\nprint('end')"),
        ["destructors wherever they can hang"] = ("main.py", Destructors),
        ["output that cannot be flushed"] = ("main.py", "import os\nos.close(1)\nprint('lost')"),
        ["an output of the program's own"] = ("main.py", "import os, sys\nclass Own:\n    def write(self, text):\n        return os.write(1, text.upper().encode())\n    def flush(self):\n        os.write(1, b'flushed\\n')\nsys.stdout = Own()\nprint('end')"),
        ["no interactive hook"] = ("main.py", "import sys\nclass Loud:\n    def __del__(self):\n        print('gone')\ndel sys.__interactivehook__\nloud = Loud()\nprint('end')"),
        ["the first process"] = ("main.py", "import os\nprint(open('/proc/1/comm').read(), os.getpid(), os.getppid(), os.getsid(0), os.listdir('/proc/self/task'))\nchild = os.fork()\nif child == 0:\n    os._exit(0)\nprint(child, os.wait())"),
        ["no help"] = ("main.py", "import sys\ndel __builtins__.help\nprint('end')\nsys.exit(4)"),
        ["a status in words"] = ("main.py", "import sys\nsys.exit('for a reason')"),
        ["output that fails at the end"] = ("main.py", "import sys\nsys.stdout = open('/dev/full', 'w')\nprint('lost')"),
        ["threads that go on"] = ("main.py", "import threading, time\nthreading.Thread(target=lambda: time.sleep(0.1) or print('done')).start()\nthreading.Thread(target=lambda: time.sleep(60), daemon=True).start()\nprint('end')"),
        ["a library's own output"] = ("main.py", "import ctypes\nctypes.CDLL(None).printf(b'from C\\n')"),
        ["children that end"] = ("main.py", "import multiprocessing, os, sys\nif os.fork() == 0:\n    sys.exit(7)\nprint(os.waitstatus_to_exitcode(os.wait()[1]))\nchild = multiprocessing.get_context('fork').Process(target=print, args=('child',))\nchild.start()\nchild.join()\nprint(child.exitcode)"),
        ["an exception at the end"] = ("main.py", "import atexit\natexit.register(lambda: 1 / 0)\nprint('end')"),
        ["a closed output"] = ("main.py", "import sys\nsys.stdout.close()\nsys.stderr.write('still here')"),
        ["doctest and logging"] = ("main.py", "import doctest, logging\nlogging.warning('a warning')\ndef twice(x):\n    '''\n    >>> twice(2)\n    5\n    '''\n    return 2 * x\nprint(doctest.testmod())"),
        ["unittest"] = ("main.py", "import unittest, sys\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual([1, 2], [1, 3])\nresult = unittest.main(argv=['x'], exit=False, testRunner=unittest.TextTestRunner(stream=open('/dev/null', 'w'))).result\nprint(result, result.failures[0][1])"),
        ["modules for its user"] = ("main.py", "import importlib.util, sys\nfound = importlib.util.find_spec('onlinecompiler_figures')\nprint(found.origin, found.name in sys.modules, 'matplotlib' in sys.modules)"),
        ["readline is not loaded"] = ("main.py", "import sys\nprint('readline' in sys.modules, 'rlcompleter' in sys.modules, hasattr(sys, 'ps1'))"),
    };

    private const string Destructors = """
        import atexit, builtins, json, os, sys, threading, weakref
        class Loud:
            def __init__(self, name):
                self.name = name
            def __del__(self, write=os.write):
                write(1, f"{self.name} {sys is None or sys.stdout is None} {os is None or os.getcwd is None} {'os' in (sys and sys.modules or ())}\n".encode())
        class Importing:
            def __del__(self):
                try:
                    import os, string
                except BaseException as error:
                    print(repr(error))
        mine, cycle, importing, local = Loud("global"), Loud("cycle"), Importing(), threading.local()
        cycle.me, local.mine = cycle, Loud("of the thread")
        sys.mine, sys.last, sys.cycle = Loud("sys"), Loud("last"), Loud("cycle of sys")
        sys.cycle.me = sys.cycle
        builtins.mine, os.mine, json.mine = Loud("builtins"), Loud("os"), Loud("json")
        atexit.register(print, "at exit")
        weakref.finalize(mine, print, "finalized")
        def generate():
            try:
                yield
            finally:
                os.write(1, b"generator\n")
        generator = generate()
        next(generator)
        print("end")
        """;
}
