/*
 * Runs WarmUp, which lies beside this library, in a thread of its own: identity hash codes are a series of each thread's, and
 * that of the program's main thread is to begin as in a cold start. So are ids of threads, and numbers in names of lambdas.
 */
#define _GNU_SOURCE
#include "host.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jobject lambda_counter(JNIEnv *env)
{
    jclass factory = runtime.find_class(env, "java/lang/invoke/InnerClassLambdaMetafactory");
    jfieldID field = (*env)->GetStaticFieldID(env, factory, "counter", "Ljava/util/concurrent/atomic/AtomicInteger;");
    if (field == NULL)
        host_fail("a class library that numbers lambdas otherwise");
    return (*env)->GetStaticObjectField(env, factory, field);
}

/* The class gets a loader that is forgotten with it. */
static void call(JNIEnv *env)
{
    Dl_info self;
    char *folder;
    if (dladdr((void *)warm_up, &self) == 0 || asprintf(&folder, "file:%s", self.dli_fname) < 0)
        host_fail("no folder");
    strrchr(folder, '/')[1] = '\0';
    jclass urls = runtime.find_class(env, "java/net/URL"), loaders = runtime.find_class(env, "java/net/URLClassLoader");
    jmethodID parse = (*env)->GetMethodID(env, urls, "<init>", "(Ljava/lang/String;)V");
    jmethodID make = (*env)->GetMethodID(env, loaders, "<init>", "([Ljava/net/URL;Ljava/lang/ClassLoader;)V");
    jmethodID load = (*env)->GetMethodID(env, loaders, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
    jobject url = (*env)->NewObject(env, urls, parse, (*env)->NewStringUTF(env, folder));
    jobject loader = (*env)->NewObject(env, loaders, make, (*env)->NewObjectArray(env, 1, urls, url), NULL);
    jclass class = loader == NULL ? NULL : (*env)->CallObjectMethod(env, loader, load, (*env)->NewStringUTF(env, "WarmUp"));
    jmethodID entry = class == NULL ? NULL : (*env)->GetStaticMethodID(env, class, "main", "([Ljava/lang/String;)V");
    if (entry != NULL)
        (*env)->CallStaticVoidMethod(env, class, entry, NULL);
    if ((*env)->ExceptionCheck(env)) {
        (*env)->ExceptionDescribe(env);
        host_fail("the warm-up failed");
    }
    free(folder);
}

static void *run_apart(void *vm_)
{
    JavaVM *vm = vm_;
    JNIEnv *env;
    JavaVMAttachArgs arguments = { JNI_VERSION_1_2, "warm-up", NULL };
    if ((*vm)->AttachCurrentThread(vm, (void **)&env, &arguments) != JNI_OK)
        host_fail("no thread for the warm-up");
    jclass integer = runtime.find_class(env, "java/util/concurrent/atomic/AtomicInteger");
    jmethodID get = (*env)->GetMethodID(env, integer, "get", "()I"), set = (*env)->GetMethodID(env, integer, "set", "(I)V");
    jobject counter = lambda_counter(env);
    jint lambdas = (*env)->CallIntMethod(env, counter, get);
    call(env);
    (*env)->CallVoidMethod(env, counter, set, lambdas);
    (*vm)->DetachCurrentThread(vm);
    return NULL;
}

/* Every program's JVM has it, but not yet here: its id comes before those of the program's threads. */
static void start_cleaner(JNIEnv *env)
{
    jclass cleaners = runtime.find_class(env, "jdk/internal/ref/CleanerFactory");
    if (cleaners == NULL || (*env)->GetStaticMethodID(env, cleaners, "cleaner", "()Ljava/lang/ref/Cleaner;") == NULL)
        host_fail("a class library without a cleaner");
}

void warm_up(JavaVM *vm, JNIEnv *env)
{
    start_cleaner(env);
    jclass threads = runtime.find_class(env, "java/lang/Thread");
    jfieldID next_id = (*env)->GetStaticFieldID(env, threads, "threadSeqNumber", "J");
    if (next_id == NULL)
        host_fail("a class library that numbers threads otherwise");
    jlong id = (*env)->GetStaticLongField(env, threads, next_id);
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_apart, vm) != 0)
        host_fail("no thread for the warm-up");
    pthread_join(thread, NULL);
    (*env)->SetStaticLongField(env, threads, next_id, id);
}
