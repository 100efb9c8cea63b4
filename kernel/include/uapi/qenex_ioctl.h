/* SPDX-License-Identifier: (GPL-2.0-only WITH Linux-syscall-note) OR MIT */
/* The name under which the predecessor's documentation includes this interface. */
#include "qenex_banking.h"
