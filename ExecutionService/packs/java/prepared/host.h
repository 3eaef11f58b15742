/* What the files of the run stage's host share; host.c says what it is. */
#pragma once

#include "release.h"

#include <jni.h>
#include <signal.h>

struct runtime {
    struct texts booted; /* the command line that the JVM was booted for; its last item names the file with the main class */
    sigset_t signals;    /* blocked before there was a JVM */
    jint (*create)(JavaVM **, void **, void *);
    jint (*defaults)(void *);
    jclass (*find_class)(JNIEnv *, const char *); /* of the class library; JNI's own would look at the class path first */
};

extern struct runtime runtime;

/* warm_up.c */
void warm_up(JavaVM *vm, JNIEnv *env);

/* command.c: what a release asks for */

/* Before anything is opened: the descriptors of the JVM's files are to be the ones of a cold start. */
int release_set_aside(void);

/* What the released command starts; null when it is not for us. The caller frees it. */
char *release_main_class(const struct release *release);

_Noreturn void release_start_cold(const struct release *release);

/* uptime.c */
void uptime_begin_waiting(void);
void uptime_end_waiting(void);
