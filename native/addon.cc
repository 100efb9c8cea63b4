// Opens a character device and passes ioctls and records through: glue only, every rule is in
// TypeScript or in the kernel. Errors come back as negative errno; only misuse throws.
#include <errno.h>
#include <fcntl.h>
#include <napi.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

namespace {

/** Records read at once and handed over in one call. */
constexpr size_t records_at_once = 64;
/** Hand-overs that may wait for JavaScript; the thread stops reading until there is room. */
constexpr size_t handovers_max = 16;

struct Chunk {
  int error;
  std::vector<uint8_t> bytes;
};

/** A typed array's memory, for the length of one call. */
struct View {
  uint8_t *data;
  size_t length;
};

bool view_of(napi_env env, napi_value value, View *view) {
  napi_typedarray_type type;
  void *data = nullptr;
  if (napi_get_typedarray_info(env, value, &type, &view->length, &data, nullptr, nullptr) != napi_ok)
    return false;
  view->data = static_cast<uint8_t *>(data);
  return type == napi_uint8_array;
}

napi_value number(napi_env env, int32_t value) {
  napi_value result = nullptr;
  napi_create_int32(env, value, &result);
  return result;
}

napi_value misuse(napi_env env, const char *message) {
  napi_throw_type_error(env, nullptr, message);
  return nullptr;
}

/** One device that was opened, and the thread that reads its records. */
class Device {
 public:
  explicit Device(int descriptor) : fd_(descriptor) {}
  ~Device() { close(); }
  Device(const Device &) = delete;
  Device &operator=(const Device &) = delete;

  int fd() const { return fd_; }
  bool is_watched() const { return thread_.joinable(); }

  /** `self` is held while it is watched: a stream must not end because nobody kept the device. */
  void watch(Napi::Env env, napi_value self, Napi::Function callback, size_t record_bytes) {
    wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    // Two owners, this and the thread, each of whom lets go once.
    handover_ = Napi::ThreadSafeFunction::New(env, callback, "guard records", handovers_max, 2);
    // A program is not kept alive by a stream nobody waits for.
    handover_.Unref(env);
    thread_ = std::thread([this, record_bytes] { read_records(record_bytes); });
    // Hooks run last first: the thread has ended before the hand-over's own hook takes that apart.
    env_ = env;
    napi_create_reference(env_, self, 1, &self_);
    napi_add_env_cleanup_hook(env_, end_with_environment, this);
  }

  void unwatch() {
    if (!thread_.joinable()) return;
    napi_remove_env_cleanup_hook(env_, end_with_environment, this);
    stop_thread();
    napi_delete_reference(env_, self_);
    self_ = nullptr;
  }

  void close() {
    unwatch();
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  static void end_with_environment(void *device) {
    static_cast<Device *>(device)->stop_thread();
  }

  void stop_thread() {
    const uint64_t one = 1;
    if (write(wake_, &one, sizeof(one)) < 0) { /* the counter is full: it is awake already */
    }
    handover_.Abort();
    thread_.join();
    ::close(wake_);
    wake_ = -1;
  }

  void read_records(size_t record_bytes) {
    std::vector<uint8_t> buffer(record_bytes * records_at_once);
    pollfd polled[2] = {{fd_, POLLIN, 0}, {wake_, POLLIN, 0}};
    for (;;) {
      if (poll(polled, 2, -1) < 0 && errno != EINTR) break;
      if (polled[1].revents != 0) break;
      if (polled[0].revents == 0) continue;
      const ssize_t got = read(fd_, buffer.data(), buffer.size());
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      const int error = got < 0 ? errno : 0;
      if (got > 0 || error != 0) {
        auto *chunk = new Chunk{error, {}};
        if (got > 0) chunk->bytes.assign(buffer.data(), buffer.data() + got);
        // Refused because it closes: that has let go for us already.
        if (!hand_over(chunk)) return;
      }
      // Overrun is news and the stream goes on; the end and any other error are its end.
      if (got == 0 || (error != 0 && error != EPIPE)) break;
    }
    handover_.Release();
  }

  bool hand_over(Chunk *chunk) {
    const auto status = handover_.BlockingCall(
        chunk, [](Napi::Env env, Napi::Function callback, Chunk *given) {
          if (env != nullptr && callback != nullptr) deliver(env, callback, *given);
          delete given;
        });
    if (status == napi_ok) return true;
    delete chunk;
    return false;
  }

  /**
   * Bare Node-API, because a worker that is being ended refuses every call, and that is no mistake of ours:
   * what cannot be delivered is dropped. An exception of the callback stays pending and is Node's to report.
   */
  static void deliver(napi_env env, napi_value callback, const Chunk &given) {
    napi_value undefined = nullptr;
    napi_value buffer = nullptr;
    napi_value arguments[2] = {nullptr, nullptr};
    void *data = nullptr;
    const size_t length = given.bytes.size();
    if (napi_get_undefined(env, &undefined) != napi_ok ||
        napi_create_int32(env, -given.error, &arguments[0]) != napi_ok ||
        napi_create_arraybuffer(env, length, &data, &buffer) != napi_ok ||
        napi_create_typedarray(env, napi_uint8_array, length, buffer, 0, &arguments[1]) != napi_ok)
      return;
    if (length > 0) memcpy(data, given.bytes.data(), length);
    napi_call_function(env, undefined, callback, 2, arguments, nullptr);
  }

  int fd_;
  int wake_ = -1;
  napi_env env_ = nullptr;
  napi_ref self_ = nullptr;
  std::thread thread_;
  Napi::ThreadSafeFunction handover_;
};

void forget_device(napi_env, void *data, void *) { delete static_cast<Device *>(data); }

Device *device_of(napi_env env, napi_value value) {
  napi_valuetype type;
  void *data = nullptr;
  if (napi_typeof(env, value, &type) != napi_ok || type != napi_external) return nullptr;
  return napi_get_value_external(env, value, &data) == napi_ok ? static_cast<Device *>(data)
                                                               : nullptr;
}

/** open(path): a device, or a negative errno. */
Napi::Value open_device(const Napi::CallbackInfo &info) {
  if (info.Length() != 1 || !info[0].IsString()) {
    misuse(info.Env(), "open takes a path");
    return {};
  }
  const std::string path = info[0].As<Napi::String>();
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0) return Napi::Number::New(info.Env(), -errno);
  napi_value result = nullptr;
  napi_create_external(info.Env(), new Device(fd), forget_device, nullptr, &result);
  return {info.Env(), result};
}

/** describe(device): what was opened, so that the caller may judge it. */
Napi::Value describe(const Napi::CallbackInfo &info) {
  Device *device = device_of(info.Env(), info[0]);
  struct stat status;
  if (device == nullptr || device->fd() < 0) return Napi::Number::New(info.Env(), -EBADF);
  if (fstat(device->fd(), &status) != 0) return Napi::Number::New(info.Env(), -errno);
  auto result = Napi::Object::New(info.Env());
  result.Set("isCharacterDevice", S_ISCHR(status.st_mode) != 0);
  result.Set("major", static_cast<double>(major(status.st_rdev)));
  result.Set("mode", static_cast<double>(status.st_mode & 07777));
  return result;
}

/**
 * call(device, request, bytes): one ioctl over the bytes, 0 or a negative errno. Bare Node-API,
 * because this is the call that is made with every posting.
 */
napi_value call(napi_env env, napi_callback_info info) {
  napi_value given[3];
  size_t count = 3;
  uint32_t request = 0;
  View view{};
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) != napi_ok || count != 3 ||
      napi_get_value_uint32(env, given[1], &request) != napi_ok || !view_of(env, given[2], &view))
    return misuse(env, "call takes a device, a request number and bytes");
  if (view.length < _IOC_SIZE(request))
    return misuse(env, "the bytes are fewer than the request number says");
  Device *device = device_of(env, given[0]);
  if (device == nullptr || device->fd() < 0) return number(env, -EBADF);
  const int result = ioctl(device->fd(), request, view.data);
  return number(env, result < 0 ? -errno : result);
}

/**
 * batch(device, request, bytes, array, at): as call, with the address of `array` put into the
 * bytes first, as 64 bits at the offset; the kernel reads it there.
 */
napi_value batch(napi_env env, napi_callback_info info) {
  napi_value given[5];
  size_t count = 5;
  uint32_t request = 0;
  uint32_t at = 0;
  View view{};
  View array{};
  if (napi_get_cb_info(env, info, &count, given, nullptr, nullptr) != napi_ok || count != 5 ||
      napi_get_value_uint32(env, given[1], &request) != napi_ok || !view_of(env, given[2], &view) ||
      !view_of(env, given[3], &array) || napi_get_value_uint32(env, given[4], &at) != napi_ok)
    return misuse(env, "batch takes a device, a request number, bytes, an array and an offset");
  if (view.length < _IOC_SIZE(request) || static_cast<size_t>(at) + 8 > view.length)
    return misuse(env, "the bytes are fewer than the request number or the offset says");
  Device *device = device_of(env, given[0]);
  if (device == nullptr || device->fd() < 0) return number(env, -EBADF);
  const uint64_t address = reinterpret_cast<uintptr_t>(array.data);
  memcpy(view.data + at, &address, sizeof(address));
  const int result = ioctl(device->fd(), request, view.data);
  const int error = errno;
  // No address of this process stays in bytes that JavaScript may show.
  memset(view.data + at, 0, sizeof(address));
  return number(env, result < 0 ? -error : result);
}

/** watch(device, recordBytes, callback): calls back with (0 or -errno, whole records) from now on. */
Napi::Value watch(const Napi::CallbackInfo &info) {
  Device *device = device_of(info.Env(), info[0]);
  if (info.Length() != 3 || !info[1].IsNumber() || !info[2].IsFunction()) {
    misuse(info.Env(), "watch takes a device, the size of a record and a callback");
    return {};
  }
  const uint32_t record_bytes = info[1].As<Napi::Number>().Uint32Value();
  if (record_bytes == 0 || record_bytes > 65536) {
    misuse(info.Env(), "a record has 1 to 65536 bytes");
    return {};
  }
  if (device == nullptr || device->fd() < 0) return Napi::Number::New(info.Env(), -EBADF);
  if (device->is_watched()) return Napi::Number::New(info.Env(), -EBUSY);
  device->watch(info.Env(), info[0], info[2].As<Napi::Function>(), record_bytes);
  return Napi::Number::New(info.Env(), 0);
}

/** close(device): ends the stream and closes; what is called afterwards answers -EBADF. */
Napi::Value close_device(const Napi::CallbackInfo &info) {
  Device *device = device_of(info.Env(), info[0]);
  if (device != nullptr) device->close();
  return info.Env().Undefined();
}

void set_bare(napi_env env, Napi::Object exports, const char *name, napi_callback function) {
  napi_value value = nullptr;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, function, nullptr, &value);
  exports.Set(name, Napi::Value(env, value));
}

Napi::Object start(Napi::Env env, Napi::Object exports) {
  exports.Set("open", Napi::Function::New(env, open_device, "open"));
  exports.Set("describe", Napi::Function::New(env, describe, "describe"));
  exports.Set("watch", Napi::Function::New(env, watch, "watch"));
  exports.Set("close", Napi::Function::New(env, close_device, "close"));
  set_bare(env, exports, "call", call);
  set_bare(env, exports, "batch", batch);
  return exports;
}

}  // namespace

NODE_API_MODULE(qenex_banking, start)
