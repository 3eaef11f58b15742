/*
 * For hosts that are not written in C: a library that the language's own runtime is loaded with (LD_PRELOAD), so that it leaves
 * its memory behind when it ends. The program does not see it.
 */
#include "hiding.h"
#include "leaving.h"

__attribute__((constructor)) static void hide(void)
{
    hide_preload();
}
