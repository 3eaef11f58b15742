/*
 * How long the JVM is up does not count the wait. The libraries for management ask libjvm for a table of functions, by a
 * function whose place this one takes; in the copy that they get, two of the times that one function tells are ours.
 */
#define _GNU_SOURCE
#include "host.h"

#include <dlfcn.h>
#include <string.h>
#include <time.h>

/* That of Java 14 to 17; its table is known to be as long as this, and to have the function at this place. */
#define KNOWN_VERSION 0x20030000
#define LENGTH 40
#define GET_LONG 12

#define BOOTED_AT_MS 7
#define UPTIME_MS 11

typedef jlong (*get_long)(JNIEnv *, jobject, jint);

static void *table[LENGTH];
static get_long original;
static jlong began_ms, waited_ms;

static jlong now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (jlong)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void uptime_begin_waiting(void)
{
    began_ms = now_ms();
}

void uptime_end_waiting(void)
{
    waited_ms = now_ms() - began_ms;
}

static jlong get_adjusted(JNIEnv *env, jobject object, jint attribute)
{
    jlong value = original(env, object, attribute);
    return attribute == BOOTED_AT_MS ? value + waited_ms : attribute == UPTIME_MS ? value - waited_ms : value;
}

JNIEXPORT void *JVM_GetManagement(jint version)
{
    void *(*find)(jint) = (void *(*)(jint))dlsym(RTLD_NEXT, "JVM_GetManagement");
    void **found = find == NULL ? NULL : find(version);
    if (found == NULL || version != KNOWN_VERSION)
        return found;
    memcpy(table, found, sizeof table);
    original = (get_long)table[GET_LONG];
    table[GET_LONG] = (void *)get_adjusted;
    return table;
}
