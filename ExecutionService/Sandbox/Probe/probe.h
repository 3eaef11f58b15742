/* What the probe's files share. Everything it finds out is one line: a name, '=', a value. */
#ifndef ONLINECOMPILER_PROBE_H
#define ONLINECOMPILER_PROBE_H

__attribute__((format(printf, 2, 3)))
void tell(const char *name, const char *format, ...);

/* facts.c: what a program sees without doing anything. */
void tell_facts(void);

/* deeds.c: what a program tries, and how far it comes. */
void try_refused_calls(void);
void try_to_fork(void);
void try_to_fill_the_workspace(void);
void spend_cpu_time(void);
void leave_a_daemon(void);
void eat_memory(void);

#endif
