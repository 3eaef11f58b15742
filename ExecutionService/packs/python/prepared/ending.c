/*
 * Ends a program where it cannot tell any more. At its end Python runs the program's exit functions, flushes its streams, takes
 * apart every module, `sys` and `builtins` last, and then itself: its types, caches and memory, object by object. Of that a
 * short program's own part is next to nothing, and what Python has booted with the kernel takes apart at once. So
 *
 *   - the modules that Python has booted with are not taken apart, but for `sys`, `builtins`, and those in which a program has
 *     changed something;
 *   - where `sys` has been emptied, what would still follow that a program could see is done, and Py_FinalizeEx is left as if it
 *     had returned, to whoever called it and knows the program's status.
 *
 * Both begin when Python's end takes `sys.__interactivehook__` away, which nothing else refers to. Wherever anything is not as it
 * should be, and in other versions than 3.11, nothing is done, and Python goes on as usual.
 */
#include <stddef.h>
#include <stdint.h>
#include <unwind.h>

/* Of Python's interface, as its versions 3.2 and later promise it. */
typedef struct object PyObject;
struct PyMethodDef {
    const char *name;
    PyObject *(*function)(PyObject *self, PyObject *argument);
    int flags;
    const char *documentation;
};
enum { METH_O = 8 };
PyObject *PyCFunction_NewEx(struct PyMethodDef *definition, PyObject *self, PyObject *module);
PyObject *PyCapsule_New(void *pointer, const char *name, void (*destructor)(PyObject *capsule));
void PyDict_Clear(PyObject *dictionary);
PyObject *PyDict_GetItem(PyObject *dictionary, PyObject *key);
PyObject *PyDict_GetItemString(PyObject *dictionary, const char *key);
int PyDict_Next(PyObject *dictionary, intptr_t *position, PyObject **key, PyObject **value);
int PyDict_SetItem(PyObject *dictionary, PyObject *key, PyObject *value);
int PyDict_SetItemString(PyObject *dictionary, const char *key, PyObject *value);
void PyErr_Clear(void);
PyObject *PyEval_GetBuiltins(void);
intptr_t PyGC_Collect(void);
PyObject *PyImport_GetModuleDict(void);
PyObject *PyModule_GetDict(PyObject *module);
PyObject *PyObject_CallMethod(PyObject *object, const char *name, const char *format, ...);
PyObject *PySys_GetObject(const char *name);
PyObject *PyThreadState_GetDict(void);
PyObject *PyWeakref_NewRef(PyObject *object, PyObject *callback);
int Py_FinalizeEx(void);
void Py_DecRef(PyObject *object);
void Py_IncRef(PyObject *object);
extern PyObject _Py_NoneStruct, _Py_TrueStruct;
#define NONE (&_Py_NoneStruct)

/* Of some versions. */
__attribute__((weak)) extern const unsigned long Py_Version;
__attribute__((weak)) int PyGC_Enable(void);
__attribute__((weak)) void _PyModule_ClearDict(PyObject *dictionary);

static PyObject *sys, *of_sys, *builtins;

#ifdef __x86_64__

/* What a function's caller is owed when it returns (System V ABI, section 3.2.1), by the numbers that DWARF has for registers. */
enum { RBX = 3, RBP = 6, R12 = 12, R13, R14, R15, REGISTERS };

struct caller {
    int is_next;
    uintptr_t registers[REGISTERS], stack, address;
};

static _Unwind_Reason_Code find_caller(struct _Unwind_Context *context, void *found)
{
    struct caller *caller = found;
    if (!caller->is_next) {
        /* A return address may lie behind the last instruction of its function. */
        caller->is_next = _Unwind_FindEnclosingFunction((void *)(_Unwind_GetIP(context) - 1)) == (void *)Py_FinalizeEx;
        return _URC_NO_REASON;
    }
    for (int i = RBX; i < REGISTERS; i++)
        if (i == RBX || i == RBP || i >= R12)
            caller->registers[i] = _Unwind_GetGR(context, i);
    caller->stack = _Unwind_GetCFA(context);
    caller->address = _Unwind_GetIP(context);
    return _URC_NORMAL_STOP;
}

static void return_from_finalization(void)
{
    struct caller caller = { 0 };
    _Unwind_Backtrace(find_caller, &caller);
    if (caller.address == 0)
        return;
    __asm__ volatile(
        "movq 8*3(%%rdi), %%rbx\n\t"
        "movq 8*6(%%rdi), %%rbp\n\t"
        "movq 8*12(%%rdi), %%r12\n\t"
        "movq 8*13(%%rdi), %%r13\n\t"
        "movq 8*14(%%rdi), %%r14\n\t"
        "movq 8*15(%%rdi), %%r15\n\t"
        "movq %%rsi, %%rsp\n\t"
        "xorl %%eax, %%eax\n\t"
        "jmp *%%rdx"
        :
        : "D"(caller.registers), "S"(caller.stack), "d"(caller.address)
        : "memory");
    __builtin_unreachable();
}

#else

static void return_from_finalization(void)
{
}

#endif

/* ---- the modules that Python has booted with ---- */

enum { MOST_MODULES = 256 };
static struct {
    PyObject *name, *module;
    uint64_t version;
} booted[MOST_MODULES];
static size_t booted_count;

/* Changes whenever a dictionary does (PEP 509): of struct PyDictObject the fourth word, in the one version that this is for. */
static uint64_t version_of(PyObject *module)
{
    return ((const uint64_t *)PyModule_GetDict(module))[3];
}

static int is_taken_apart(PyObject *module)
{
    PyObject *dictionary = PyModule_GetDict(module);
    return dictionary == builtins || dictionary == of_sys;
}

static void note_booted(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *main = PyDict_GetItemString(modules, "__main__");
    intptr_t position = 0;
    PyObject *name, *module;
    while (PyDict_Next(modules, &position, &name, &module) && booted_count < MOST_MODULES)
        if (module != main && PyModule_GetDict(module) != NULL && !is_taken_apart(module)) {
            Py_IncRef(name);
            booted[booted_count].name = name;
            booted[booted_count].module = module;
            booted[booted_count++].version = version_of(module);
        }
    PyErr_Clear();
}

/*
 * Python's end empties `sys.modules` in this way, and takes those modules apart which it has found there and which still live.
 * Modules that are frozen (usercustomize.py) would otherwise go with all that a program has hung onto them: they are no garbage.
 */
static void spare_booted(void)
{
    PyObject *modules = PyImport_GetModuleDict();
    for (size_t i = 0; i < booted_count; i++) {
        PyObject *module = booted[i].module;
        if (PyDict_GetItem(modules, booted[i].name) != module)
            continue;
        Py_IncRef(module);
        if (version_of(module) == booted[i].version && PyDict_SetItem(modules, booted[i].name, NONE) != 0)
            PyErr_Clear();
    }
}

/* ---- the end ---- */

/* What Python itself could not flush decides its status, and it does not say so before it returns. */
static int is_flushed(const char *stream)
{
    PyObject *object = PySys_GetObject(stream);
    if (object == NULL || object == NONE)
        return 1;
    PyObject *result = PyObject_CallMethod(object, "flush", NULL);
    if (result == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DecRef(result);
    return 1;
}

/* That a program has put in its place could tell if it were asked twice. */
static int is_own(const char *stream, const char *original)
{
    return PySys_GetObject(stream) == PySys_GetObject(original);
}

static int is_emptied(PyObject *dictionary)
{
    intptr_t position = 0;
    PyObject *key, *value;
    while (PyDict_Next(dictionary, &position, &key, &value))
        if (value != NONE)
            return 0;
    return 1;
}

/* The last in `sys`. A destructor may have put something behind it meanwhile. */
static void end(PyObject *last)
{
    (void)last;
    if (!is_emptied(of_sys) || PyGC_Enable == NULL || _PyModule_ClearDict == NULL)
        return;
    _PyModule_ClearDict(builtins);
    PyGC_Enable();
    PyGC_Collect();
    PyObject *of_thread = PyThreadState_GetDict();
    if (of_thread != NULL)
        PyDict_Clear(of_thread);
    return_from_finalization();
}

static int is_finalizing(void)
{
    PyObject *answer = PyObject_CallMethod(sys, "is_finalizing", NULL);
    int is_true = answer == &_Py_TrueStruct;
    if (answer == NULL)
        PyErr_Clear();
    else
        Py_DecRef(answer);
    return is_true;
}

static PyObject *begin(PyObject *self, PyObject *reference)
{
    (void)self;
    (void)reference;
    if (is_finalizing()) {
        spare_booted();
        PyObject *last = NULL;
        if (is_own("stdout", "__stdout__") && is_own("stderr", "__stderr__") && is_flushed("stdout") && is_flushed("stderr"))
            last = PyCapsule_New(builtins, NULL, end);
        if (last == NULL || PyDict_SetItemString(of_sys, " last of all", last) != 0)
            PyErr_Clear();
        if (last != NULL)
            Py_DecRef(last);
    }
    Py_IncRef(NONE);
    return NONE;
}

/* To be called once, by a thread that holds the interpreter's lock, when all is there that a program finds at its start. */
void ending_prepare(void)
{
    enum { PYTHON_3_11 = 0x030B };
    if (&Py_Version == NULL || Py_Version >> 16 != PYTHON_3_11)
        return;
    static struct PyMethodDef definition = { "begin", begin, METH_O, NULL };
    PyObject *hook = PySys_GetObject("__interactivehook__");
    PyObject *callback = PyCFunction_NewEx(&definition, NULL, NULL);
    builtins = PyEval_GetBuiltins();
    sys = PyDict_GetItemString(PyImport_GetModuleDict(), "sys");
    of_sys = PyModule_GetDict(sys);
    note_booted();
    /* Stays as long as the interpreter. */
    if (hook == NULL || callback == NULL || PyWeakref_NewRef(hook, callback) == NULL)
        PyErr_Clear();
}
