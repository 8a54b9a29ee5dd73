/// Where a record of a web archive starts.
public struct RecordPlace: Sendable, Equatable {
  /// The byte of the file, in a packed archive that of the gzip member which holds it.
  public var offset: Int
  /// How many unpacked bytes of the member stand before it.
  public var within = 0

  public init(offset: Int, within: Int = 0) {
    self.offset = offset
    self.within = within
  }

  /// By its name, as `name` writes it, with or without zeros in front; nil for what is none.
  init?(_ name: String) {
    let numbers = name.split(separator: "+", omittingEmptySubsequences: false).map { part in
      part.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(part) : nil
    }
    guard numbers.count <= 2, let offset = numbers[0], let within = numbers.count > 1 ? numbers[1] : 0 else {
      return nil
    }
    self.init(offset: offset, within: within)
  }

  /// In the order of names records stand as in the file.
  var name: String {
    func digits(_ number: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }
    return within == 0 ? digits(offset) : "\(digits(offset))+\(digits(within))"
  }
}

/// What is wrong with a web archive, and where.
enum ArchiveError: Error, Equatable, CustomStringConvertible {
  case noRecord(at: RecordPlace)
  case shortRecord(at: RecordPlace)
  case packing(at: RecordPlace, GzipError)
  case tooManyBroken(Int)
  /// A content coding of HTTP.
  case coding(String)

  var description: String {
    func byte(_ place: RecordPlace) -> String {
      place.within == 0 ? "byte \(place.offset)" : "byte \(place.within) of what is packed at byte \(place.offset)"
    }
    return switch self {
    case .noRecord(let place): "no WARC record at \(byte(place))"
    case .shortRecord(let place): "the WARC record at \(byte(place)) ends before its Content-Length says"
    case .packing(let place, let error): "the WARC record at \(byte(place)): \(error)"
    case .tooManyBroken(let count): "\(count) broken records stand before; what follows is not read"
    case .coding(let name): "packed by \(name), which Winnow cannot unpack"
    }
  }
}
