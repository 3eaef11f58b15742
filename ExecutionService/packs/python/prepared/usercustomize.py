"""Makes a fork server of Python (Sandbox/Launcher/runtime.c): booted once, copied for each program.

Python imports a module of this name, which PYTHONPATH names the folder of, at the end of its own start. That prepares all, and
undoes what a program could see of this module. `python3 main.py` then goes on until it is about to open the program (halting.c);
there it serves, and where the call returns it is a copy in a program's sandbox. So tracebacks are those of any program.
"""


def _fork_server():
    import sys

    modules_before, path_before = set(sys.modules), sys.path_importer_cache.copy()
    import gc
    import os
    import _io
    import _signal
    import ctypes
    from _frozen_importlib_external import PathFinder

    python, launcher, library = ctypes.pythonapi, ctypes.PyDLL("/zone/launcher.so"), ctypes.PyDLL(os.environ["FORK_SERVER"])

    def keep(what):
        """Until the process ends: to destroy it would copy the memory that it is in."""
        python.Py_IncRef(ctypes.py_object(what))

    def read_release(descriptor):
        # The usual one comes in one piece.
        release = os.read(descriptor, 4096)
        while chunk := os.read(descriptor, 4096):
            release += chunk
        os.close(descriptor)
        return release

    def write_texts(texts):
        """A count, then each text behind its length in bytes."""
        texts = [os.fsencode(text) for text in texts]
        return b"".join([len(texts).to_bytes(4, "little")] + [len(text).to_bytes(4, "little") + text for text in texts])

    def read_texts(release, at):
        """Returns the texts and where they end."""
        texts = []
        at += 4
        for _ in range(int.from_bytes(release[at - 4:at], "little")):
            end = at + 4 + int.from_bytes(release[at:at + 4], "little")
            texts.append(os.fsdecode(release[at + 4:end]))
            at = end
        return texts, at

    def open_streams():
        """As Python makes them at its start, for what they are now: pipes, or a terminal."""
        for descriptor, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
            before = getattr(sys, name)
            buffer = _io.open(descriptor, mode + "b", -1, closefd=False)
            buffer.raw.name = f"<{name}>"
            stream = _io.TextIOWrapper(buffer, before.encoding, before.errors, "\n", descriptor == 2 or buffer.raw.isatty())
            stream.mode = mode
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)

    def open_streams_for_pipes():
        kept = [os.dup(descriptor) for descriptor in range(3)]
        reading, writing = os.pipe()
        for descriptor, end in enumerate((reading, writing, writing)):
            os.dup2(end, descriptor)
        open_streams()
        for descriptor, end in enumerate(kept):
            os.dup2(end, descriptor)
        for end in (*kept, reading, writing):
            os.close(end)

    def renew_main():
        """The frozen one would keep the program's objects from being collected at the end."""
        main = type(sys)("__main__")
        main.__dict__.update(sys.modules["__main__"].__dict__)
        sys.modules["__main__"] = main

    def become(release):
        """What is not as in most programs."""
        arguments, at = read_texts(release, 0)
        environment, _ = read_texts(release, at)
        pairs = dict(entry.split("=", 1) for entry in environment)
        if arguments[:2] != sys.orig_argv:
            os.execve(arguments[0], arguments, pairs)
        os.environ.clear()
        os.environ.update(pairs)
        sys.orig_argv[:] = arguments
        sys.argv[:] = arguments[1:]

    def unfreeze_when_imported():
        """
        What Python has booted with is frozen: it is no garbage, and neither a program nor Python's own end need look through it, which
        in a copy copies its memory. A third of a short program's time. Who imports gc could tell, and is spared that. One thing is left:
        Python's end does not destroy what a program has hung onto a class that Python has booted with.
        """
        initializer = ctypes.CFUNCTYPE(ctypes.c_void_p)

        class Builtin(ctypes.Structure):
            _fields_ = [("name", ctypes.c_char_p), ("initialize", initializer)]

        builtin = ctypes.POINTER(Builtin).in_dll(python, "PyImport_Inittab")
        at = 0
        while builtin[at].name != b"gc":
            at += 1
        initialize, unfreeze = initializer(ctypes.cast(builtin[at].initialize, ctypes.c_void_p).value), gc.unfreeze

        @initializer
        def unfreeze_and_initialize():
            unfreeze()
            return initialize()

        keep(unfreeze_and_initialize)
        builtin[at].initialize = unfreeze_and_initialize

    def serve(
        fork=launcher.fork_server_run, after_fork=python.PyOS_AfterFork_Child, is_terminal=os.isatty, set_signal=_signal.signal,
        ignore=_signal.SIG_IGN, interrupt=_signal.default_int_handler,
        broken_pipe=_signal.SIGPIPE, too_large=_signal.SIGXFSZ, interrupted=_signal.SIGINT,
    ):
        usual = write_texts(sys.orig_argv) + write_texts(f"{name}={value}" for name, value in os.environ.items())
        gc.collect()
        gc.freeze()
        # What comes now is a program's own, and collected like it.
        open_streams_for_pipes()
        renew_main()
        library.ending_prepare()

        release = read_release(fork())
        if not release:
            os._exit(0)
        if release != usual:
            become(release)
        if is_terminal(0):
            open_streams()
        # Those that Python handles by itself; the launcher has put all back.
        set_signal(broken_pipe, ignore)
        set_signal(too_large, ignore)
        set_signal(interrupted, interrupt)
        after_fork()

    # For Python looks at what it is to run: where it is, and that it is no archive.
    open("main.py", "x").close()
    library.halting_prepare(ctypes.py_object(serve))
    unfreeze_when_imported()
    keep((modules_before, path_before))

    for name in ("PYTHONPATH", "FORK_SERVER", "LD_BIND_NOW", "PWD"):
        os.environ.pop(name, None)
    del sys.path[0]
    for name in set(sys.modules) - modules_before:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    sys.path_importer_cache.update(path_before)
    del sys.path_importer_cache[os.path.dirname(__file__)]
    # Where there is no such module, as usual, Python has looked for it everywhere.
    PathFinder.find_spec("usercustomize")


_fork_server()
# As where there is no such module, which is what Python then takes it for.
raise ImportError(name=__name__)
