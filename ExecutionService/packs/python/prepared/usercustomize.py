"""Makes a fork server of Python (Sandbox/Launcher/runtime.c): booted once, copied for each program.

Python imports a module of this name, which PYTHONPATH names the folder of, at the end of its own start and before it opens
the program. So `python3 main.py` stops here, serves, and where the call returns it is a copy in a program's sandbox. That
undoes what a program could see of this module; Python then goes on to the program as it always does, and its
tracebacks are those of any program.
"""


def _fork_server():
    import sys

    modules_before, path_before = set(sys.modules), sys.path_importer_cache.copy()
    import os
    import _io
    import _signal
    import ctypes
    from _frozen_importlib_external import PathFinder

    python, booted_for = ctypes.pythonapi, "main.py"
    python._PyInterpreterState_GetConfig.restype = python.PyInterpreterState_Get.restype = ctypes.c_void_p
    python.PyMem_RawMalloc.restype, python.PyMem_RawMalloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    config = python._PyInterpreterState_GetConfig(ctypes.c_void_p(python.PyInterpreterState_Get()))

    def places_of_name():
        """Addresses of the pointers by which Python will find the program: the path of the file, and argv[0]."""
        word, size = ctypes.sizeof(ctypes.c_void_p), 1024
        memory = os.open("/proc/self/mem", os.O_RDONLY | os.O_CLOEXEC)

        def follow(address):
            return int.from_bytes(read(address, word), sys.byteorder)

        def read(address, length):
            try:
                return os.pread(memory, length, address)
            except (OSError, OverflowError):
                return b""

        def holds(address, text):
            wanted = bytes(ctypes.create_unicode_buffer(text))
            return read(address, len(wanted)) == wanted

        addresses = range(config, config + size, word)
        files = [address for address in addresses if holds(follow(address), f"{os.getcwd()}/{booted_for}")]
        # A list of one: its length, and where it is.
        lists = [follow(address) for address in addresses if follow(address - word) == 1 and holds(follow(follow(address)), booted_for)]
        os.close(memory)
        return files, lists

    files, lists = places_of_name()
    if len(files) != 1 or len(lists) != 1:
        raise SystemExit(f"This Python keeps the program's name in places that are not known: {len(files)} and {len(lists)}, not one each.")

    def set_text(place, value):
        # Python frees it.
        text = bytes(ctypes.create_unicode_buffer(value))
        copy = python.PyMem_RawMalloc(len(text))
        ctypes.memmove(copy, text, len(text))
        ctypes.c_void_p.from_address(place).value = copy

    def read_release(descriptor):
        chunks = []
        while chunk := os.read(descriptor, 65536):
            chunks.append(chunk)
        os.close(descriptor)
        return b"".join(chunks)

    def read_texts(release, at):
        """A count, then each text behind its length in bytes. Returns the texts and where they end."""
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

    def become(release):
        arguments, at = read_texts(release, 0)
        environment, _ = read_texts(release, at)
        os.environ.clear()
        for entry in environment:
            name, _, value = entry.partition("=")
            os.environ[name] = value
        sys.orig_argv[:] = arguments
        sys.argv[:] = arguments[1:]
        set_text(files[0], f"{os.getcwd()}/{arguments[1]}")
        set_text(lists[0], arguments[1])
        # Those that Python handles by itself; the launcher has put all back.
        for ignored in (_signal.SIGPIPE, _signal.SIGXFSZ):
            _signal.signal(ignored, _signal.SIG_IGN)
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        open_streams()
        python.PyOS_AfterFork_Child()

    launcher = ctypes.PyDLL("/zone/launcher.so")
    del sys.path[0]
    for name in set(sys.modules) - modules_before:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    sys.path_importer_cache.update(path_before)
    del sys.path_importer_cache[os.path.dirname(__file__)]
    # Where there is no such module, as usual, Python has looked for it everywhere.
    PathFinder.find_spec("usercustomize")

    release = read_release(launcher.fork_server_run(b"/zone/launcher.sock"))
    if not release:
        os._exit(0)
    become(release)


_fork_server()
# As where there is no such module, which is what Python then takes it for.
raise ImportError(name=__name__)
