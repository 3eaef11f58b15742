/*
 * The program's side of a run without namespaces: from a copy of the keeper to the program itself. Everything that needs
 * a privilege comes first, then the user changes, then what is left of privileges goes, by hand; Landlock and the system
 * call filter come last, for they would stand in our own way.
 */
#include "plain.h"
#include "inside.h"

#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Keeps what is permitted across the change, so that privileges_drop can lock the door from inside before it throws it away. */
static void become(uint32_t user)
{
    struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
    struct __user_cap_data_struct sets[2];
    inside_check(setgroups(0, NULL), "drop groups");
    inside_check(setresgid(user, user, user), "become the slot's group");
    inside_check(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "keep capabilities for a moment");
    inside_check(setresuid(user, user, user), "become the slot's user");
    inside_check((int)syscall(SYS_capget, &header, sets), "read capabilities");
    for (size_t i = 0; i < 2; i++)
        sets[i].effective = sets[i].permitted;
    inside_check((int)syscall(SYS_capset, &header, sets), "raise capabilities");
    privileges_drop();
}

/* The order's environment, and what only this enclosure knows. */
static void set_places(struct order *order, const struct slot *slot)
{
    const struct { const char *name, *value; } places[] = { { "HOME=", slot->workspace }, { "TMPDIR=", slot->temporary } };
    size_t count = 0;
    while (order->environment[count] != NULL)
        count++;
    char **environment = calloc(count + 3, sizeof *environment);
    if (environment == NULL)
        inside_fail("make the environment");
    memcpy(environment, order->environment, count * sizeof *environment);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t at = 0;
        while (at < count && strncmp(environment[at], places[i].name, strlen(places[i].name)) != 0)
            at++;
        if (at == count && asprintf(&environment[count++], "%s%s", places[i].name, places[i].value) < 0)
            inside_fail("make the environment");
    }
    order->environment = environment;
}

_Noreturn void plain_execute(const struct inside *inside, const struct slot *slot, int executed)
{
    struct order order = *inside->order;
    struct release_settings *settings = &order.settings;
    int is_terminal = settings->terminal_columns > 0;
    if (is_terminal)
        program_connect(inside->stdin_read, inside->stdin_read, inside->stdin_read, 1);
    else
        program_connect(inside->stdin_read, inside->stdout_write, inside->stderr_write, 0);

    be_first_to_be_killed();
    cgroups_open(&order);
    cgroups_join();
    cgroups_join_program();
    set_places(&order, slot);
    int rules = landlock_rules(slot);
    become(slot->user);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    landlock_enforce(rules);

    /* The order counts a pid 1 that is the program's user too; here there is none. */
    if (settings->process_limit > 1)
        settings->process_limit--;
    program_settle(&executed, 1);
    limits_apply(0, settings, 0);
    filter_apply();
    program_execute(order.arguments, order.environment);
}
