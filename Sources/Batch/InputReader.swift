import Pages
import SystemPackage

/// Reads the pages of inputs. Not for several threads at once: keep one a worker, which then goes through each web archive
/// from front to back.
public final class InputReader {
  private var archive: (path: FilePath, file: RecordFile)?

  public init() {}

  /// Unpacks what gzip has packed, whatever its name is. `limit` is of the bytes that are read and of those that come out.
  /// Throws `FileError`, or `NoPage` for a record of a web archive that holds none.
  public func page(of input: Input, limit: Int = PageReader.sizeLimit) throws -> Page {
    if case .record(let path, let place) = input.origin {
      let file = try archive?.path == path ? archive!.file : RecordFile(path)
      archive = (path, file)
      try file.seek(place)
      return try WebArchive.nextPage(of: file, named: input.name.string, limit: limit)
    }
    var bytes =
      try input.file.map { path throws(FileError) in try Files.read(path, limit: limit) }
      ?? Files.readStandardInput(limit: limit)
    do throws(GzipError) {
      if Gzip.isPacked(bytes) {
        bytes = try Gzip.unpacked(bytes, limit: limit)
      } else if input.name.unpacked.isPacked {
        throw .notPacked
      }
    } catch { throw FileError(path: input.file ?? "-", error: error) }
    return Page(name: input.name.string, bytes: bytes)
  }
}
