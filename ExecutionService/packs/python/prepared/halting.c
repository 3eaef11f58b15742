/* Halts Python where it is about to open the program: it has started whole by then, and calls what it was told to (usercustomize.py). */
#include <string.h>

/* Of Python's interface, as its versions 3.8 and later promise it. */
typedef struct object PyObject;
PyObject *PyObject_CallObject(PyObject *callable, PyObject *arguments);
int PySys_AddAuditHook(int (*hook)(const char *event, PyObject *arguments, void *data), void *data);
void Py_DecRef(PyObject *object);
void Py_IncRef(PyObject *object);

static PyObject *to_call;

static int hear(const char *event, PyObject *arguments, void *data)
{
    (void)arguments;
    (void)data;
    if (to_call == NULL || strcmp(event, "cpython.run_file") != 0)
        return 0;
    /* Never let go: to destroy it would copy the memory that it is in. */
    PyObject *result = PyObject_CallObject(to_call, NULL);
    to_call = NULL;
    if (result == NULL)
        return -1;
    Py_DecRef(result);
    return 0;
}

/* To be called once, by a thread that holds the interpreter's lock. -1: Python cannot be halted. */
int halting_prepare(PyObject *callable)
{
    Py_IncRef(callable);
    to_call = callable;
    return PySys_AddAuditHook(hear, NULL);
}
