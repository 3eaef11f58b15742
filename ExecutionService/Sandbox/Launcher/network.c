/*
 * A network namespace is the dearest part of a stage to make. So the launcher makes each ahead of its need: it sits in an
 * unused one, the stage it forks inherits that, and the launcher moves to the next. None is ever used twice.
 */
#include "launcher.h"

#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int network_renew(void)
{
    struct ifreq request = { .ifr_flags = IFF_UP | IFF_RUNNING };
    strcpy(request.ifr_name, "lo");
    if (unshare(CLONE_NEWNET) != 0)
        return -1;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    int result = ioctl(fd, SIOCSIFFLAGS, &request);
    close(fd);
    return result;
}
