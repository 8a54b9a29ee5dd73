import CText

/// A regular expression in ICU's syntax, for UTF-8 text, with a time limit.
///
/// Not for several threads at once: a worker compiles its own.
package final class RegularExpression {
  /// A pattern that ICU refuses.
  package struct SyntaxError: Error, Equatable {
    /// ICU's name of the error, such as `U_REGEX_MISMATCHED_PAREN`.
    package var reason: String
    /// Offset in the pattern, in UTF-16 units.
    package var offset: Int
  }
  package enum Outcome: Equatable {
    case none
    /// Half-open byte range in the subject.
    case found(Range<Int>)
    case outOfTime
  }

  private let handle: OpaquePointer

  package init(_ pattern: String) throws(SyntaxError) {
    var offset: Int32 = 0
    var reason: UnsafePointer<CChar>?
    guard let handle = ctext_regex_open(pattern, &offset, &reason) else {
      throw SyntaxError(reason: reason.map { String(cString: $0) } ?? "unknown", offset: Int(offset))
    }
    self.handle = handle
  }
  deinit { ctext_regex_close(handle) }

  /// The first match at or after byte `start`. `timeLimit` counts ICU's steps, about a millisecond each.
  package func firstMatch(in subject: Subject, from start: Int = 0, timeLimit: Int = 50) -> Outcome {
    var from: Int32 = 0
    var to: Int32 = 0
    return switch ctext_regex_find(handle, subject.handle, Int32(start), Int32(timeLimit), &from, &to) {
    case 1: .found(Int(from)..<Int(to))
    case 0: .none
    default: .outOfTime
    }
  }

  /// How many groups the pattern has.
  package var groupCount: Int { Int(ctext_regex_groups(handle)) }

  /// The byte range in the subject of a group, from 1, in the match last found there; nil where it took no part.
  package func range(ofGroup group: Int, in subject: Subject) -> Range<Int>? {
    var from: Int32 = 0
    var to: Int32 = 0
    return ctext_regex_group(handle, subject.handle, Int32(group), &from, &to) ? Int(from)..<Int(to) : nil
  }

  /// Text that several expressions look at. Reused from one text to the next.
  package final class Subject {
    fileprivate let handle: OpaquePointer
    package init() { handle = ctext_subject_open() }
    deinit { ctext_subject_close(handle) }

    package func set(_ text: UnsafeBufferPointer<UInt8>) {
      ctext_subject_set(handle, text.baseAddress, Int32(text.count))
    }
  }
}
