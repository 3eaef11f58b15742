/* How a stage ends from outside: its wall-time limit, and the kill that follows whatever was decided. */
#include "stage.h"

#include <signal.h>
#include <unistd.h>

#define KILL_GRACE_NS 2000000000ull /* for pid 1 to report after a kill, before it is killed too */

void kill_program(struct stage *stage)
{
    if (stage->killed_ns != 0)
        return;
    stage->killed_ns = monotonic_ns();
    if (stage->control < 0 || send_frame(stage->control, CONTROL_KILL, NULL, 0) != 0)
        kill(stage->pid1, SIGKILL);
}

int keep_time(struct stage *stage)
{
    uint64_t now = monotonic_ns(), deadline = 0;
    uint64_t limit = stage->order.settings.wall_time_limit_ns;
    if (stage->killed_ns == 0 && limit > 0 && stage->started_ns > 0 && !stage->exit_reported) {
        deadline = stage->started_ns + limit;
        if (now >= deadline) {
            stage->wall_time_limit_reached = 1;
            kill_program(stage);
        }
    }
    if (stage->killed_ns > 0 && !stage->exit_reported) {
        deadline = stage->killed_ns + KILL_GRACE_NS;
        if (now >= deadline)
            kill(stage->pid1, SIGKILL);
    }
    if (deadline == 0)
        return -1;
    return deadline <= now ? 50 : (int)((deadline - now) / 1000000u) + 1;
}
