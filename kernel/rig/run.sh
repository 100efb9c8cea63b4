#!/bin/sh
# Boots a kernel in QEMU with the guard loaded, runs a command on a payload, and brings back its files, its
# output and its exit code.
#
#   run.sh --payload DIR --command "..." [--kernel 6.1|6.12|kasan|kcsan] [--node]
#          [--results DIR] [--timeout SECONDS] [--memory MB] [--processors N]
#          [--parameters "max_accounts=..."] [--append "kernel arguments"] [--no-module] [--follow]
#
# In the guest DIR is /payload (also the working directory), /results is brought back into --results,
# /qenex_banking.ko is the module, /dev/qenex_banking the device. --node adds Node at /usr/bin/node with the
# libraries it wants; --library PATH (many times) adds another shared library's closure or program.
# What the guest says comes on standard output when it has ended, with --follow on standard error meanwhile.
# The exit code is the command's. 96 the guard printed data, 97 kmemleak, 98 reports in the kernel's log,
# 99 no marker (hang, panic, time over), 3 something the rig needs is not here (said in words).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=kernels.sh
. "$here/kernels.sh"
kernel=6.1 payload= command= results= node=0 libraries= seconds=90 memory=1024 processors=2
parameters= append= module=1 follow=0
while [ $# -gt 0 ]; do
	case $1 in
	--payload) payload=$2; shift 2 ;;
	--command) command=$2; shift 2 ;;
	--kernel) kernel=$2; shift 2 ;;
	--results) results=$2; shift 2 ;;
	--timeout) seconds=$2; shift 2 ;;
	--memory) memory=$2; shift 2 ;;
	--processors) processors=$2; shift 2 ;;
	--parameters) parameters=$2; shift 2 ;;
	--append) append=$2; shift 2 ;;
	--library) libraries="$libraries $2"; shift 2 ;;
	--node) node=1; shift ;;
	--follow) follow=1; shift ;;
	--no-module) module=0; shift ;;
	*) echo "run.sh: unknown argument $1" >&2; exit 2 ;;
	esac
done
[ -n "$command" ] || { echo "run.sh: --command is missing" >&2; exit 2; }
for program in qemu-system-x86_64 busybox cpio mke2fs debugfs; do
	command -v "$program" >/dev/null || {
		echo "kernel rig: $program is not installed" >&2
		exit 3
	}
done

image=$(image_of "$kernel")
built=$("$here/module.sh" "$kernel" 2>/dev/null) || { "$here/module.sh" "$kernel"; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/qenex-rig.XXXXXX")
qemu=
trap '[ -z "$qemu" ] || kill "$qemu" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# A program or library with every shared library it wants, under the same paths.
add_with_libraries() {
	for file in "$1" $(ldd "$1" 2>/dev/null | grep -o '/[^ ]*'); do
		mkdir -p "$work/disk$(dirname "$file")"
		cp -Lu "$file" "$work/disk$file"
	done
}

make_initramfs() {
	mkdir -p "$work/init/bin" "$work/init/modules" "$work/init/dev"
	cp "$(command -v busybox)" "$work/init/bin/busybox"
	ln -s busybox "$work/init/bin/sh"
	cp "$here/init" "$work/init/init"
	cp "$built" "$work/init/qenex_banking.ko"
	echo "$parameters" >"$work/init/parameters"
	[ "$module" = 1 ] || touch "$work/init/no-module"
	: >"$work/init/modules/order"
	for file in $(disk_modules_of "$kernel"); do
		name=$(basename "$file" | sed 's/\.xz$//')
		case $file in
		*.xz) xz -dc "$file" >"$work/init/modules/$name" ;;
		*) cp "$file" "$work/init/modules/$name" ;;
		esac
		echo "$name" >>"$work/init/modules/order"
	done
	chmod +x "$work/init/init"
	(cd "$work/init" && find . | cpio -o -H newc --quiet | gzip -1 >"$work/initramfs.gz")
}

make_disk() {
	disk=$work/disk
	mkdir -p "$disk/bin" "$disk/proc" "$disk/sys" "$disk/dev" "$disk/tmp" "$disk/results" \
		"$disk/payload" "$disk/usr/bin" "$disk/etc"
	cp "$(command -v busybox)" "$disk/bin/busybox"
	for applet in $(busybox --list | grep -vx busybox); do ln -sf busybox "$disk/bin/$applet"; done
	echo 'root:x:0:0:root:/:/bin/sh' >"$disk/etc/passwd"
	[ -z "$payload" ] || cp -RL "$payload/." "$disk/payload/"
	if [ "$node" = 1 ]; then
		program=$(node -e 'process.stdout.write(process.execPath)')
		cp -L "$program" "$disk/usr/bin/node"
		for file in $(ldd "$program" | grep -o '/[^ ]*'); do add_with_libraries "$file"; done
	fi
	for library in $libraries; do add_with_libraries "$library"; done
	cat >"$disk/command" <<-END
	export PATH=/usr/bin:/bin HOME=/tmp LC_ALL=C
	cd /payload
	$command
	END
	size=$(($(du -sk --apparent-size "$disk" | cut -f1) * 11 / 10 / 1024 + 64))
	truncate -s "${size}M" "$work/disk.img"
	mke2fs -q -t ext4 -O ^has_journal,^metadata_csum -d "$disk" "$work/disk.img"
}

boot() {
	: >"$work/console"
	# The debug kernels take a minute over ACPI's tables under emulation; they need none of them.
	case $kernel in kasan | kcsan) append="acpi=off $append" ;; esac
	timeout "$seconds" qemu-system-x86_64 -accel tcg,thread=multi -cpu max \
		-smp "$processors" -m "$memory" -nodefaults -nographic -no-reboot \
		-kernel "$image" -initrd "$work/initramfs.gz" -serial stdio -monitor none \
		-drive "file=$work/disk.img,if=virtio,format=raw,cache=unsafe" \
		-append "console=ttyS0 panic=-1 oops=panic quiet loglevel=1 $calm $append" \
		</dev/null >"$work/console" 2>&1 &
	qemu=$!
	[ "$follow" = 0 ] || tail -n +1 -s 0.5 --pid="$qemu" -f "$work/console" >&2 &
	wait "$qemu" || true
	qemu=
}

# What the guest said after its start, whole: the firmware leaves its last line open, so the line that init
# begins with may stand anywhere in one. Without that line the boot failed, and all of it is shown.
said() {
	sed -e 's/\x1b\[[0-9;?]*[A-Za-z]//g; s/\x1bc//g; s/\r$//' "$work/console" >"$work/said"
	if grep -q QENEX-RIG-START "$work/said"; then
		sed -e '1,/QENEX-RIG-START/d' -e '/reboot: /d' "$work/said"
	else
		cat "$work/said"
	fi
}

# A busy host stops the emulated processors for seconds, also while the kernel tries its timer and gives up: no
# fault of what is tested.
calm="nowatchdog no_timer_check rcupdate.rcu_cpu_stall_timeout=200"

make_initramfs
make_disk
boot
said
if [ -n "$results" ]; then
	mkdir -p "$results"
	debugfs -R "rdump /results $work" "$work/disk.img" >/dev/null 2>&1 || true
	cp -R "$work/results/." "$results/" 2>/dev/null || true
	cp "$work/console" "$results/console.txt"
fi
code=$(sed -n 's/.*QENEX-RIG-EXIT \([0-9]*\).*/\1/p' "$work/console" | tail -n 1)
if [ -z "$code" ]; then
	echo "kernel rig: the guest ended without its marker (hang, panic, or $seconds s were over)" >&2
	exit 99
fi
exit "$code"
