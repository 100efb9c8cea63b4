# Sourced by the rig's scripts: where the headers and the image of each kernel are.

rig=${rig:-$(cd "$(dirname "$0")" && pwd)}

# Folder to build modules against.
headers_of() {
	case $1 in
	kasan | kcsan) "$rig/debug-kernel.sh" "$1" ;;
	*)
		root=$("$rig/fetch.sh" "$1") || exit $?
		release=$(cat "$root/release")
		if [ -d "/usr/src/linux-headers-$release/include" ]; then
			echo "/usr/src/linux-headers-$release"
		else
			echo "$root/usr/src/linux-headers-$release"
		fi
		;;
	esac
}

# The bootable image.
image_of() {
	case $1 in
	kasan | kcsan) echo "$("$rig/debug-kernel.sh" "$1")/arch/x86/boot/bzImage" ;;
	*)
		root=$("$rig/fetch.sh" "$1") || exit $?
		echo "$root/boot/vmlinuz-$(cat "$root/release")"
		;;
	esac
}

# Modules the guest wants for a virtio disk, in the order to load them; empty where built in.
disk_modules_of() {
	case $1 in
	6.1 | 6.12) ;;
	*) return ;;
	esac
	root=$("$rig/fetch.sh" "$1")
	modules=$root/lib/modules/$(cat "$root/release")/kernel
	for name in virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci \
		virtio_blk crc16 mbcache jbd2 crc32c_generic ext4; do
		find "$modules" -name "$name.ko*" | head -n 1
	done
}
