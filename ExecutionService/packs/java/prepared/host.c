/*
 * Boots a JVM ahead of need. `java` itself is the process: this library, loaded into it by LD_PRELOAD, takes the place of
 * libjli's JLI_Launch, which boots the JVM and calls main. It does the same in the same order, but in between it does once
 * what programs do first (warm_up.c, WarmUp.java), and waits for its release (command.c). It is native because nothing
 * written in Java is invisible: so main is the first frame of the program's stack, its thread is the one that booted the JVM,
 * no class of ours is to be found, and the process has the stage's own command line.
 *
 * Orders that it could not serve in the same way (other options or variables than it booted with, a main class without a
 * plain name) it hands to a `java` started cold in its place.
 *
 * What remains to be seen of it: /proc/self/cmdline lacks the program's arguments, and the process is as old as the host;
 * numbers that depend on what ran before (addresses in names of lambdas' classes, identity hash codes after the first
 * lambda, memory in use) are others than in a cold JVM.
 */
#define _GNU_SOURCE
#include "host.h"
#include "hiding.h"
#include "leaving.h"

#include <dlfcn.h>
#include <pthread.h>

#define MOST_OPTIONS 64

struct runtime runtime;
static int release_fd;

/* The library would read the files that the command line names, which do not exist yet. */
JNIEXPORT void *JLI_PreprocessArg(const char *argument, jboolean expands_sources)
{
    (void)argument, (void)expands_sources;
    return NULL;
}

static void find_runtime(void)
{
    char folder[4096 + sizeof "/server/libjvm.so"];
    Dl_info library;
    void *original = dlsym(RTLD_NEXT, "JLI_Launch");
    if (original == NULL || dladdr(original, &library) == 0 || realpath(library.dli_fname, folder) == NULL)
        host_fail("no libjli");
    strcpy(strrchr(folder, '/'), "/server/libjvm.so");
    void *jvm = dlopen(folder, RTLD_NOW | RTLD_GLOBAL);
    if (jvm == NULL)
        host_fail(dlerror());
    runtime.create = (jint (*)(JavaVM **, void **, void *))dlsym(jvm, "JNI_CreateJavaVM");
    runtime.defaults = (jint (*)(void *))dlsym(jvm, "JNI_GetDefaultJavaVMInitArgs");
    runtime.find_class = (jclass (*)(JNIEnv *, const char *))dlsym(jvm, "JVM_FindClassFromBootLoader");
    if (runtime.create == NULL || runtime.defaults == NULL || runtime.find_class == NULL)
        host_fail("an unknown libjvm");
}

/* What `java` makes of a command line with options for the JVM alone. */
static JNIEnv *boot(JavaVM **vm)
{
    JavaVMOption options[MOST_OPTIONS];
    JavaVMInitArgs arguments = { .version = JNI_VERSION_1_2, .options = options, .ignoreUnrecognized = JNI_FALSE };
    const char *folders = getenv("CLASSPATH");
    char *class_path = NULL;
    if (runtime.booted.count > MOST_OPTIONS - 3)
        host_fail("too many options");
    if (folders != NULL && asprintf(&class_path, "-Djava.class.path=%s", folders) > 0)
        options[arguments.nOptions++].optionString = class_path;
    for (uint32_t i = 1; i + 1 < runtime.booted.count; i++) {
        char *option = runtime.booted.items[i];
        if (strncmp(option, "-X", 2) != 0 && strncmp(option, "-D", 2) != 0)
            host_fail("only options that begin with -X or -D are known here");
        options[arguments.nOptions++].optionString = option;
    }
    /* Most programs' command; the release says it properly. */
    options[arguments.nOptions++].optionString = "-Dsun.java.command=Main";
    options[arguments.nOptions++].optionString = "-Dsun.java.launcher=SUN_STANDARD";
    JNIEnv *env;
    if (runtime.create(vm, (void **)&env, &arguments) != JNI_OK)
        host_fail("the JVM does not start");
    return env;
}

static jstring text_of(JNIEnv *env, jclass helper, const char *bytes)
{
    jsize length = (jsize)strlen(bytes);
    jbyteArray array = (*env)->NewByteArray(env, length);
    jmethodID make = (*env)->GetStaticMethodID(env, helper, "makePlatformString", "(Z[B)Ljava/lang/String;");
    if (array == NULL || make == NULL)
        return NULL;
    (*env)->SetByteArrayRegion(env, array, 0, length, (const jbyte *)bytes);
    jstring text = (*env)->CallStaticObjectMethod(env, helper, make, JNI_TRUE, array);
    (*env)->DeleteLocalRef(env, array);
    return text;
}

static jobjectArray array_of(JNIEnv *env, jclass helper, char *const *texts, uint32_t count)
{
    jobjectArray array = (*env)->NewObjectArray(env, (jsize)count, runtime.find_class(env, "java/lang/String"), NULL);
    for (uint32_t i = 0; array != NULL && i < count; i++) {
        jstring text = text_of(env, helper, texts[i]);
        if (text == NULL)
            return NULL;
        (*env)->SetObjectArrayElement(env, array, (jsize)i, text);
        (*env)->DeleteLocalRef(env, text);
    }
    return array;
}

/* The property in which `java` leaves the main class and its arguments. */
static void tell_command(JNIEnv *env, jclass helper, const char *main_class, char *const *arguments)
{
    size_t length = strlen(main_class) + 1;
    for (char *const *argument = arguments; *argument != NULL; argument++)
        length += strlen(*argument) + 1;
    char *command = checked(malloc(length));
    char *end = stpcpy(command, main_class);
    for (; *arguments != NULL; arguments++)
        end = stpcpy(stpcpy(end, " "), *arguments);
    jclass system = runtime.find_class(env, "java/lang/System");
    jmethodID set = (*env)->GetStaticMethodID(env, system, "setProperty", "(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;");
    (*env)->CallStaticObjectMethod(env, system, set, (*env)->NewStringUTF(env, "sun.java.command"), text_of(env, helper, command));
    free(command);
}

/* Loads the class by the way that `java` takes, and calls its main. The status is that of `java`. */
static int run(JNIEnv *env, const char *main_class, char *const *arguments, uint32_t count)
{
    const jint by_name = 1;
    jclass helper = runtime.find_class(env, "sun/launcher/LauncherHelper");
    tell_command(env, helper, main_class, arguments);
    jmethodID load = (*env)->GetStaticMethodID(env, helper, "checkAndLoadMain", "(ZILjava/lang/String;)Ljava/lang/Class;");
    jclass class = (*env)->CallStaticObjectMethod(env, helper, load, JNI_TRUE, by_name, text_of(env, helper, main_class));
    jobjectArray array = class == NULL ? NULL : array_of(env, helper, arguments, count);
    jmethodID entry = array == NULL ? NULL : (*env)->GetStaticMethodID(env, class, "main", "([Ljava/lang/String;)V");
    if (entry == NULL) {
        /* At once, for no handler of the program's hears of it. */
        (*env)->ExceptionDescribe(env);
        return 1;
    }
    (*env)->CallStaticVoidMethod(env, class, entry, array);
    return (*env)->ExceptionCheck(env) ? 1 : 0;
}

/* The thread that the JVM calls "main". */
static void *java_main(void *unused)
{
    (void)unused;
    JavaVM *vm;
    JNIEnv *env = boot(&vm);
    uptime_begin_waiting();
    warm_up(vm, env);
    struct release release = release_read(release_fd);
    uptime_end_waiting();
    char *main_class = release_main_class(&release);
    if (main_class == NULL)
        release_start_cold(&release);
    intptr_t status = run(env, main_class, release.command.items + runtime.booted.count, release.command.count - runtime.booted.count);
    /* Detaching tells what main has thrown; then every thread that is no daemon is waited for. */
    if ((*vm)->DetachCurrentThread(vm) != JNI_OK)
        status = 1;
    (*vm)->DestroyJavaVM(vm);
    return (void *)status;
}

/* Called by `java`, whose process and command line this is. */
JNIEXPORT int JLI_Launch(int argc, char **argv, int jargc, const char **jargv, int folders, const char **class_path,
    const char *version, const char *short_version, const char *program, const char *launcher, jboolean has_arguments,
    jboolean has_wildcards, jboolean without_console, jint ergonomics)
{
    (void)jargc, (void)jargv, (void)folders, (void)class_path, (void)version, (void)short_version, (void)program;
    (void)launcher, (void)has_arguments, (void)has_wildcards, (void)without_console, (void)ergonomics;
    hide_preload();
    if (argc < 2 || argv[argc - 1][0] != '@')
        host_fail("the command must end with the file that names the main class");
    runtime.booted = (struct texts){ argv, (uint32_t)argc };
    pthread_sigmask(SIG_SETMASK, NULL, &runtime.signals);
    release_fd = release_set_aside();
    find_runtime();

    /* The JVM tells its own default for the stack to whoever asks in the oldest way, and has guard pages of its own. */
    struct { jint version; char **properties; jint checks_source, native_stack, java_stack; void *rest[16]; } defaults = { .version = JNI_VERSION_1_1 };
    runtime.defaults(&defaults);
    pthread_attr_t attributes;
    pthread_t thread;
    void *status;
    pthread_attr_init(&attributes);
    pthread_attr_setguardsize(&attributes, 0);
    if (defaults.java_stack > 0)
        pthread_attr_setstacksize(&attributes, (size_t)defaults.java_stack);
    if (pthread_create(&thread, &attributes, java_main, NULL) != 0)
        host_fail("no thread");
    pthread_join(thread, &status);
    return (int)(intptr_t)status;
}
