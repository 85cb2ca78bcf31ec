#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a warden puts around the processes that it starts.
package struct Confinement: Sendable, Equatable {
  /// Whether student code runs behind a filter of system calls (Linux).
  package var hasFilter: Bool
  /// Whether all runs in namespaces of its own (Linux).
  package var hasNamespaces: Bool
  /// The user that processes run as, where it is not the grader's own.
  package var user: Int?
  /// What the file system holds, where it is an own one: folders that can be read, and the one that can be written too.
  package var readable: [String]
  package var writable: String

  /// A confinement.
  package init(hasFilter: Bool, hasNamespaces: Bool, user: Int?, readable: [String], writable: String) {
    self.hasFilter = hasFilter
    self.hasNamespaces = hasNamespaces
    self.user = user
    self.readable = readable
    self.writable = writable
  }

  /// The confinement on the wire.
  package var message: Message {
    Message([hasFilter ? "1" : "0", hasNamespaces ? "1" : "0", user.map { String($0) } ?? "", writable] + readable)
  }

  init?(_ message: Message) {
    guard message.fields.count >= 4 else { return nil }
    self.init(
      hasFilter: message.text(0) == "1", hasNamespaces: message.text(1) == "1", user: Int(message.text(2)),
      readable: (4..<message.fields.count).map { message.text($0) }, writable: message.text(3))
  }
}

/// Why a confinement cannot be had here.
struct ConfinementError: Error {
  let text: String
  /// What was tried, with what the system says of it.
  init(_ attempt: String) { text = "\(attempt): \(String(cString: strerror(errno)))" }
}

/// Sets limits that neither this process nor its children can raise again.
func limit(_ limits: Limits) {
  func set(_ resource: Int, _ soft: Int, _ hard: Int) {
    var value = rlimit(rlim_cur: rlim_t(soft), rlim_max: rlim_t(hard))
    #if canImport(Glibc)
      _ = setrlimit(__rlimit_resource_t(UInt32(resource)), &value)
    #else
      _ = setrlimit(Int32(resource), &value)
    #endif
  }
  #if canImport(Glibc)
    set(Int(RLIMIT_AS.rawValue), limits.megabytes << 20, limits.megabytes << 20)
    set(Int(RLIMIT_CPU.rawValue), limits.cpuSeconds, limits.cpuSeconds + 1)
    set(Int(RLIMIT_FSIZE.rawValue), limits.fileBytes, limits.fileBytes)
    set(Int(RLIMIT_CORE.rawValue), 0, 0)
    set(Int(RLIMIT_NOFILE.rawValue), 256, 256)
    if limits.processes > 0 { set(Int(__RLIMIT_NPROC.rawValue), limits.processes, limits.processes) }
  #else
    set(Int(RLIMIT_CPU), limits.cpuSeconds, limits.cpuSeconds + 1)
    set(Int(RLIMIT_FSIZE), limits.fileBytes, limits.fileBytes)
    set(Int(RLIMIT_CORE), 0, 0)
    set(Int(RLIMIT_NOFILE), 256, 256)
    if limits.processes > 0 { set(Int(RLIMIT_NPROC), limits.processes, limits.processes) }
  #endif
  signal(SIGXFSZ, SIG_IGN)
}

#if canImport(Glibc)
  /// Functions of the C library that its Swift module leaves out.
  enum System {
    private static func function<T>(_ name: String, as type: T.Type) -> T {
      guard let address = dlsym(nil, name) else { fatalError("the C library has no \(name)") }
      return unsafeBitCast(address, to: type)
    }
    static let unshare = function("unshare", as: (@convention(c) (Int32) -> Int32).self)
    static let pivotRoot = function(
      "pivot_root", as: (@convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32).self)
    static let control = function(
      "prctl", as: (@convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32).self)
    static let setCapabilities = function(
      "capset", as: (@convention(c) (UnsafeRawPointer, UnsafeRawPointer) -> Int32).self)

    static let newMounts: Int32 = 0x0002_0000
    static let newHostName: Int32 = 0x0400_0000
    static let newIPC: Int32 = 0x0800_0000
    static let newUsers: Int32 = 0x1000_0000
    static let newProcesses: Int32 = 0x2000_0000
    static let newNetwork: Int32 = 0x4000_0000

    static let setParentDeathSignal: Int32 = 1
    static let setSeccomp: Int32 = 22
    static let setChildSubreaper: Int32 = 36
    static let setNoNewPrivileges: Int32 = 38
  }

  /// Leaves the grader's namespaces for new ones; the next child is the first process of the new one of processes.
  func leaveNamespaces() throws {
    var flags =
      System.newMounts | System.newHostName | System.newIPC | System.newProcesses | System.newNetwork
    let user = geteuid()
    let group = getegid()
    if user != 0 { flags |= System.newUsers }
    guard System.unshare(flags) == 0 else { throw ConfinementError("namespaces cannot be had") }
    if user != 0 {
      try put("deny", into: "/proc/self/setgroups")
      try put("0 \(user) 1", into: "/proc/self/uid_map")
      try put("0 \(group) 1", into: "/proc/self/gid_map")
    }
  }

  private func put(_ text: String, into file: String) throws {
    let descriptor = open(file, O_WRONLY)
    guard descriptor >= 0 else { throw ConfinementError("\(file) cannot be opened") }
    defer { close(descriptor) }
    let count = Array(text.utf8).withUnsafeBytes { sysWrite(descriptor, $0) }
    guard count == text.utf8.count else { throw ConfinementError("\(file) cannot be written") }
  }

  /// Makes a file system that holds some of the folders that there are, and nothing else; called in a new namespace of mounts.
  func changeRoot(_ confinement: Confinement) throws {
    func mounted(_ what: String, _ source: String, _ target: String, _ type: String?, _ flags: UInt, _ data: String?)
      throws
    {
      let status: Int32
      if let data {
        status = data.withCString { Glibc.mount(source, target, type, flags, $0) }
      } else {
        status = Glibc.mount(source, target, type, flags, nil)
      }
      guard status == 0 else { throw ConfinementError("\(what) cannot be mounted") }
    }
    func make(_ path: String) {
      var prefix = ""
      for part in path.split(separator: "/") {
        prefix += "/" + part
        mkdir(prefix, 0o755)
      }
    }
    let readOnly = UInt(MS_RDONLY)
    let noSetuid = UInt(MS_NOSUID)
    let noDevices = UInt(MS_NODEV)
    let bind = UInt(MS_BIND)
    let again = UInt(MS_REMOUNT)
    let recursive = UInt(MS_REC)
    // Nothing that is mounted here is seen outside.
    try mounted("/", "none", "/", nil, recursive | UInt(MS_PRIVATE), nil)
    let root = confinement.writable + "/.root"
    make(root)
    try mounted("a root", "tmpfs", root, "tmpfs", noSetuid | noDevices, "size=16m,mode=755")
    for folder in confinement.readable {
      var information = stat()
      guard lstat(folder, &information) == 0 else { continue }
      if information.st_mode & S_IFMT == S_IFLNK {
        // `/lib` is a link to `/usr/lib` on most systems.
        var target = [CChar](repeating: 0, count: 4096)
        if readlink(folder, &target, 4095) > 0 { symlink(target, root + folder) }
        continue
      }
      make(root + folder)
      try mounted(folder, folder, root + folder, nil, bind, nil)
      try mounted(folder, "none", root + folder, nil, bind | again | readOnly | noSetuid | noDevices, nil)
    }
    let own = root + confinement.writable
    make(own)
    try mounted("the work folder", confinement.writable, own, nil, bind, nil)
    try mounted("the work folder", "none", own, nil, bind | again | noSetuid | noDevices, nil)
    make(root + "/dev")
    close(open(root + "/dev/null", O_CREAT | O_WRONLY, 0o666))
    try mounted("/dev/null", "/dev/null", root + "/dev/null", nil, bind, nil)
    make(root + "/proc")
    // Where a container hides parts of /proc this is not allowed; the compiler does without.
    _ = Glibc.mount("proc", root + "/proc", "proc", noSetuid | noDevices | UInt(MS_NOEXEC), nil)
    guard chdir(root) == 0, System.pivotRoot(".", ".") == 0, umount2(".", Int32(MNT_DETACH)) == 0,
      chdir("/") == 0
    else { throw ConfinementError("the root cannot be changed") }
    try mounted("/", "none", "/", nil, bind | again | readOnly | noSetuid | noDevices, nil)
    sethostname("gradus", 6)
  }

  /// Gives up every right, for this process and all that it starts.
  func dropRights(_ confinement: Confinement) throws {
    if let user = confinement.user {
      guard setgroups(0, nil) == 0, setgid(gid_t(user)) == 0, setuid(uid_t(user)) == 0
      else { throw ConfinementError("the user cannot be changed") }
    }
    guard System.control(System.setNoNewPrivileges, 1, 0, 0, 0) == 0 else {
      throw ConfinementError("rights cannot be given up")
    }
    // Version 3 of the header, this process; no capability of any kind.
    let header: [UInt32] = [0x2008_0522, 0]
    let none = [UInt32](repeating: 0, count: 6)
    _ = header.withUnsafeBytes { header in
      none.withUnsafeBytes { System.setCapabilities(header.baseAddress!, $0.baseAddress!) }
    }
  }

  /// From here on this process can compute, manage its memory, and write to the descriptors that it has. Every other system call
  /// fails with EPERM: no file is opened, no process started, no socket made.
  func filterSystemCalls() throws {
    // Instructions of the classic Berkeley packet filter (`linux/filter.h`): code, jumps if true and if false, constant.
    typealias Instruction = (code: UInt16, yes: UInt8, no: UInt8, k: UInt32)
    let load: UInt16 = 0x20
    let jumpIfEqual: UInt16 = 0x15
    let jumpIfAtLeast: UInt16 = 0x35
    let ret: UInt16 = 0x06
    let allow: UInt32 = 0x7fff_0000
    let refuse: UInt32 = 0x0005_0000 | UInt32(EPERM)
    let kill: UInt32 = 0x8000_0000
    // read, write, writev, fstat, lseek, mmap, mprotect, munmap, mremap, brk, madvise, futex, rt_sigaction, rt_sigprocmask,
    // rt_sigreturn, sigaltstack, exit, exit_group, getpid, gettid, clock_gettime, getrandom, sched_yield; tgkill apart.
    #if arch(x86_64)
      let architecture: UInt32 = 0xC000_003E
      let allowed: [UInt32] = [
        0, 1, 20, 5, 8, 9, 10, 11, 25, 12, 28, 202, 13, 14, 15, 131, 60, 231, 39, 186, 228, 318, 24,
      ]
      let tgkill: UInt32 = 234
      let foreign: UInt32 = 0x4000_0000
    #elseif arch(arm64)
      let architecture: UInt32 = 0xC000_00B7
      let allowed: [UInt32] = [
        63, 64, 66, 80, 62, 222, 226, 215, 216, 214, 233, 98, 134, 135, 139, 132, 93, 94, 172, 178, 113, 278, 124,
      ]
      let tgkill: UInt32 = 131
      let foreign: UInt32 = 0xFFFF_FFFF
    #else
      throw ConfinementError("there is no filter for this architecture")
    #endif
    var program: [Instruction] = [
      (load, 0, 0, 4), (jumpIfEqual, 1, 0, architecture), (ret, 0, 0, kill),
      (load, 0, 0, 0), (jumpIfAtLeast, 0, 1, foreign), (ret, 0, 0, kill),
    ]
    for number in allowed { program += [(jumpIfEqual, 0, 1, number), (ret, 0, 0, allow)] }
    // A process may send itself the signal of `abort`.
    program += [
      (jumpIfEqual, 0, 3, tgkill), (load, 0, 0, 16), (jumpIfEqual, 0, 1, UInt32(getpid())), (ret, 0, 0, allow),
      (ret, 0, 0, refuse),
    ]
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: program.count * 8, alignment: 8)
    defer { bytes.deallocate() }
    for (k, instruction) in program.enumerated() {
      bytes.storeBytes(of: instruction.code, toByteOffset: 8 * k, as: UInt16.self)
      bytes.storeBytes(of: instruction.yes, toByteOffset: 8 * k + 2, as: UInt8.self)
      bytes.storeBytes(of: instruction.no, toByteOffset: 8 * k + 3, as: UInt8.self)
      bytes.storeBytes(of: instruction.k, toByteOffset: 8 * k + 4, as: UInt32.self)
    }
    // `struct sock_fprog`: a count, padding, a pointer.
    let description = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 8)
    defer { description.deallocate() }
    description.storeBytes(of: UInt16(program.count), as: UInt16.self)
    description.storeBytes(of: UInt(bitPattern: bytes), toByteOffset: 8, as: UInt.self)
    guard System.control(System.setSeccomp, 2, UInt(bitPattern: description), 0, 0) == 0 else {
      throw ConfinementError("system calls cannot be filtered")
    }
  }
#endif
