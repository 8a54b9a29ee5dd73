import Glibc
import Synchronization
import SystemPackage

/// The temporary files that are written to, so that a process that is ended leaves none behind.
enum TemporaryFiles {
  private static let paths = Mutex<Set<FilePath>>([])

  static func make(_ path: FilePath) throws -> FileDescriptor {
    // In one step, or `removeAll` could come between the making and the noting.
    try paths.withLock { paths in
      let descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      paths.insert(path)
      return descriptor
    }
  }

  static func remove(_ path: FilePath) {
    unlinkFile(path)
    forget(path)
  }

  /// Says that the file has another name now.
  static func forget(_ path: FilePath) { _ = paths.withLock { $0.remove(path) } }

  /// Removes them all and ends the process before others are made.
  static func removeAll(andEnd end: () -> Void) {
    paths.withLock { paths in
      paths.forEach(unlinkFile)
      end()
    }
  }

  private static func unlinkFile(_ path: FilePath) { _ = path.withPlatformString { unlink($0) } }
}
