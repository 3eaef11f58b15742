/* What of /proc tells about the host or its other users, and no program needs. */
#include "launcher.h"

#include <sys/stat.h>

#define FILE_OF_PROC(name) { "/proc/" name, "/dev/null", 1 }
#define FOLDER_OF_PROC(name) { "/proc/" name, "/run", 1 }

struct proc_mask proc_masks[] = {
    FILE_OF_PROC("cmdline"), FILE_OF_PROC("config.gz"), FILE_OF_PROC("diskstats"), FILE_OF_PROC("interrupts"), FILE_OF_PROC("kallsyms"),
    FILE_OF_PROC("kcore"), FILE_OF_PROC("key-users"), FILE_OF_PROC("keys"), FILE_OF_PROC("kmsg"), FILE_OF_PROC("kpagecgroup"),
    FILE_OF_PROC("kpagecount"), FILE_OF_PROC("kpageflags"), FILE_OF_PROC("latency_stats"), FILE_OF_PROC("locks"), FILE_OF_PROC("modules"),
    FILE_OF_PROC("mtrr"), FILE_OF_PROC("partitions"), FILE_OF_PROC("sched_debug"), FILE_OF_PROC("slabinfo"), FILE_OF_PROC("softirqs"),
    FILE_OF_PROC("swaps"), FILE_OF_PROC("sysrq-trigger"), FILE_OF_PROC("timer_list"), FILE_OF_PROC("vmallocinfo"),
    FOLDER_OF_PROC("acpi"), FOLDER_OF_PROC("asound"), FOLDER_OF_PROC("bus"), FOLDER_OF_PROC("driver"), FOLDER_OF_PROC("dynamic_debug"),
    FOLDER_OF_PROC("fs"), FOLDER_OF_PROC("irq"), FOLDER_OF_PROC("pressure"), FOLDER_OF_PROC("scsi"), FOLDER_OF_PROC("tty"),
    { NULL, NULL, 0 },
};

void masks_prepare(void)
{
    /* A mount for each costs more than the rest of /proc. Those that only root of the machine may open need none. */
    const mode_t for_others = S_IROTH | S_IWOTH | S_IXOTH;
    struct stat status;
    for (struct proc_mask *mask = proc_masks; mask->path != NULL; mask++)
        mask->is_needed = stat(mask->path, &status) != 0 || status.st_uid != 0 || (status.st_mode & for_others) != 0;
}
