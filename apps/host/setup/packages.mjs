// Brings the Debian packages a task needs, by apt where we are root, else says what to install.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, took } from './say.mjs';

const onPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chromium = {
  debian: 'chromium',
  why: 'the screens in a window',
  has: () => browsers.some(onPath),
};
const hasDisplay = () => Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The newest PostgreSQL that is installed, as apps/host/office/cluster.ts takes it; "" for none. */
const postgresVersion = () =>
  ['18', '17', '16', '15'].find((version) =>
    existsSync(`/usr/lib/postgresql/${version}/bin/initdb`),
  ) ?? '';

/** PL/Python of the server that is installed, and of no newer one: it must not be renewed under a running bank. */
function verifierPackage() {
  const version = postgresVersion();
  // Debian 12 brings PostgreSQL 15, Debian 13 brings 17.
  if (version === '') return `postgresql-plpython3-${debianVersion() < 13 ? '15' : '17'}`;
  const query = ['-W', `postgresql-${version}`];
  const { stdout } = spawnSync('dpkg-query', query, { encoding: 'utf8' });
  const [, exactly = ''] = (stdout ?? '').trim().split('\t');
  const name = `postgresql-plpython3-${version}`;
  return exactly === '' ? name : `${name}=${exactly}`;
}

function debianVersion() {
  try {
    const [, version = '12'] =
      /^VERSION_ID="?(\d+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    return Number(version);
  } catch {
    return 12;
  }
}

/** What may be needed: its Debian packages, what for, and whether it is here already. */
const known = Object.freeze({
  chromium,
  /** A browser is of use to a person only where there is a display. */
  browser: { ...chromium, has: () => !hasDisplay() || chromium.has() },
  fonts: {
    debian: 'fonts-noto-core fonts-droid-fallback',
    why: 'names in scripts other than Latin',
    has: () =>
      existsSync('/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf') &&
      existsSync('/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf'),
  },
  oracles: {
    debian: 'ledger hledger',
    why: 'two independent programs that add up our journals',
    has: () => onPath('ledger') && onPath('hledger'),
  },
  postgres: {
    debian: 'postgresql openssl',
    why: 'head office',
    has: () => postgresVersion() !== '' && onPath('openssl'),
  },
  /** Without it head office takes a push first and looks at its signature within a second. */
  verifier: {
    get debian() {
      // Where libsodium is missing OpenSSL checks, in three times the time.
      return `${verifierPackage()} libsodium23`;
    },
    why: 'head office checks signatures before it takes a push',
    has: () => {
      const version = postgresVersion();
      return version !== '' && existsSync(`/usr/lib/postgresql/${version}/lib/plpython3.so`);
    },
  },
  compiler: {
    debian: 'gcc g++ libc6-dev',
    why: 'the simulator of power cuts, the guard’s addon',
    has: () => onPath('gcc') && onPath('g++') && existsSync('/usr/include/stdio.h'),
  },
  model: {
    debian: 'spin',
    why: 'the proof of the protocol between ledger and guard',
    has: () => onPath('spin'),
  },
  kernel: {
    debian:
      'qemu-system-x86 busybox-static cpio e2fsprogs kmod make gcc libc6-dev pahole xz-utils ' +
      'linux-headers-cloud-amd64',
    why: 'the kernel guard on a kernel of its own',
    has: () =>
      process.platform !== 'linux' ||
      ['qemu-system-x86_64', 'busybox', 'cpio', 'debugfs', 'make', 'gcc', 'pahole'].every(onPath),
  },
});

// A mirror that hiccups once must not end the set-up.
const apt = (...args) =>
  spawnSync('apt-get', ['-o', 'Acquire::Retries=3', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

function install(names) {
  const from = performance.now();
  say(`installing from Debian: ${names.join(' ')}`);
  const quiet = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends'];
  apt('update', '-q');
  const done = apt('install', ...quiet, ...names);
  say(`${done ? 'installed' : 'could not install'} ${names.join(' ')} (${took(from)})`);
}

/**
 * Makes sure of the packages; returns false when one that is needed is missing after all, having said so.
 * @param {{ needs?: string[], wants?: string[] }} task
 */
export function ensurePackages({ needs = [], wants = [] }) {
  const missing = () => [...needs, ...wants].filter((name) => !known[name].has());
  const named = (list) => list.map((name) => known[name].debian).join(' ');
  if (missing().length === 0) return true;
  const root = process.getuid?.() === 0 && onPath('apt-get');
  if (root) install(missing().flatMap((name) => known[name].debian.split(' ')));
  const still = missing();
  if (still.length === 0) return true;
  const reasons = still.map((name) => `${known[name].debian} (${known[name].why})`).join(', ');
  const fatal = still.some((name) => needs.includes(name));
  say(
    `${fatal ? 'Needed' : 'Going on without'}: ${reasons}. Install with: ` +
      `sudo apt-get install ${named(still)}`,
  );
  return !fatal;
}
