/*
 * How a stage ends from outside: its limits of wall time and memory, and the kill that follows whatever was decided.
 *
 * Pid 1 kills the program, since it can still say what was used; one call ends every process of its namespace at once. If
 * its report does not come at once it is killed itself, and the kernel ends whatever is left in the namespace with it.
 */
#include "stage.h"

#include <unistd.h>

#define MS 1000000ull
#define KILL_GRACE_NS (50 * MS)         /* for pid 1 to report after a kill */
#define HAND_BACK_GRACE_NS (2000 * MS)  /* for it to finish the file it sends; nothing of the program's runs any more */
#define LOOK_AGAIN_NS (2 * MS)

void kill_program(struct stage *stage)
{
    if (stage->killed_ns != 0)
        return;
    stage->killed_ns = monotonic_ns();
    if (stage->control < 0 || send_frame(stage->control, CONTROL_KILL, NULL, 0) != 0)
        stage->enclosure->end(stage);
}

static void bring_forward(uint64_t *deadline_ns, uint64_t other_ns)
{
    if (*deadline_ns == 0 || other_ns < *deadline_ns)
        *deadline_ns = other_ns;
}

int keep_limits(struct stage *stage)
{
    uint64_t now = monotonic_ns(), deadline = 0;
    uint64_t limit = stage->order.settings.wall_time_limit_ns;
    if (stage->memory.doubt_until_ns > 0)
        memory_watch_look(stage, now);
    if (stage->killed_ns == 0 && stage->ended_ns == 0 && limit > 0 && stage->started_ns > 0) {
        deadline = stage->started_ns + limit;
        if (now >= deadline) {
            stage->wall_time_limit_reached = 1;
            kill_program(stage);
        }
    }
    if (stage->killed_ns > 0 && !stage->exit_reported) {
        deadline = stage->killed_ns + (stage->ended_ns > 0 ? HAND_BACK_GRACE_NS : KILL_GRACE_NS);
        if (now >= deadline)
            stage->enclosure->end(stage);
    }
    if (stage->memory.doubt_until_ns > 0)
        bring_forward(&deadline, now + LOOK_AGAIN_NS);
    if (deadline == 0)
        return -1;
    return deadline <= now ? 50 : (int)((deadline - now) / MS) + 1;
}
