// Sentences, features and briefs of plain texts, uncleaned: what Tools/train and Tools/evaluate run.
import Briefs
import Content
import FoundationEssentials
import Glibc
import Language
import Pages

let usage = """
  usage: winnow-sentences COMMAND --in DIR [--language TAG] [--no-title] ...
    features    --out FILE                    sentences and features of each text, a JSON line each
    words       --scores FILE --out FILE      the stems of each text and their pairs, a JSON line each; their features
                                              in FILE.rows, as 32-bit floats
    sets        --scores FILE --budget N --out FILE [--most N]
                                              sets of sentences to weigh, with features
    brief       --budget N --out DIR [--style lead|model] [--model FILE] [--lines yes]
                                              a brief for each text, a sentence a line if asked
    frequencies --out FILE [--limit N]        the table of document frequencies of all texts
    split                                     the sentences of standard input, a line each
  DIR holds ID.txt and, where known, ID.title.txt. A budget is 3s, 75w or 400c. Texts are read as they are: no cleaning.

  """
private struct SampleLine: Codable {
  var id: String
  var sentences: [String]
  var eligible: [Bool]
  var features: [[Float]]
}
private struct ScoreLine: Codable {
  var id: String
  var scores: [Float]
}
private struct WordsLine: Codable {
  var id: String
  var stems: [[Int32]]
  var pairs: [[Int32]]
  var forms: [String]
  var members: [[Int32]]
}
private struct SetsLine: Codable {
  var id: String
  var sets: [[Int]]
  var rows: [[Float]]
}

@main
struct WinnowSentences {
  static func main() {
    let arguments = Arguments(Array(CommandLine.arguments.dropFirst()))
    switch arguments.command {
    case "split": split(arguments)
    case "features": features(arguments)
    case "words": words(arguments)
    case "sets": sets(arguments)
    case "brief": brief(arguments)
    case "frequencies": frequencies(arguments)
    default: fail(usage)
    }
  }

  private static func split(_ arguments: Arguments) {
    let splitter = SentenceSplitter()
    while let text = readLine() {
      var text = text
      text.withUTF8 { bytes in
        var ranges: [Range<Int>] = []
        splitter.split(bytes, language: arguments.optional("--language"), into: &ranges)
        for range in ranges { print(String(decoding: bytes[range], as: UTF8.self)) }
      }
    }
  }

  private static func features(_ arguments: Arguments) {
    let texts = Texts(arguments)
    let summarizer = Summarizer()
    var out = Texts.line(Summarizer.featureNames)
    for id in Texts.identifiers(arguments.option("--in")) {
      guard let source = texts.source(id, arguments.option("--in")) else { continue }
      let sample = summarizer.sample(source)
      out += Texts.line(
        SampleLine(id: id, sentences: sample.sentences, eligible: sample.isEligible, features: sample.features))
    }
    Texts.write(out, arguments.option("--out"))
  }

  private static func scored(_ arguments: Arguments) -> [(ScoreLine, BriefSource)] {
    let texts = Texts(arguments)
    return (Texts.read(arguments.option("--scores")) ?? []).split(separator: 0x0A).compactMap { row in
      guard let scores = try? JSONDecoder().decode(ScoreLine.self, from: Data(row)),
        let source = texts.source(scores.id, arguments.option("--in"))
      else { return nil }
      return (scores, source)
    }
  }

  private static func words(_ arguments: Arguments) {
    let summarizer = Summarizer()
    var out: [UInt8] = []
    var rows: [UInt8] = []
    for (scores, source) in scored(arguments) {
      guard let sample = summarizer.words(source, scores: scores.scores) else { continue }
      out += Texts.line(
        WordsLine(
          id: scores.id, stems: sample.stems, pairs: sample.pairs, forms: sample.forms, members: sample.members))
      sample.rows.withUnsafeBytes { rows += $0 }
    }
    Texts.write(out, arguments.option("--out"))
    Texts.write(rows, arguments.option("--out") + ".rows")
  }

  private static func sets(_ arguments: Arguments) {
    let summarizer = Summarizer()
    let wanted = arguments.budget()
    let most = arguments.number("--most") ?? Int.max
    var out: [UInt8] = []
    for (scores, source) in scored(arguments) {
      var sets = summarizer.sets(source, scores: scores.scores, budget: wanted)
      if sets.count > most {
        let step = Double(sets.count) / Double(most)
        sets = (0..<most).map { sets[Int(Double($0) * step)] }
      }
      out += Texts.line(SetsLine(id: scores.id, sets: sets.map(\.set), rows: sets.map(\.row)))
    }
    Texts.write(out, arguments.option("--out"))
  }

  private static func brief(_ arguments: Arguments) {
    let texts = Texts(arguments)
    var summarizer = Summarizer()
    if let path = arguments.optional("--model") {
      guard let bytes = Texts.read(path), let own = Summarizer(model: bytes) else {
        fail("winnow-sentences: no model: \(path)\n")
      }
      summarizer = own
    }
    guard let style = BriefStyle(rawValue: arguments.optional("--style") ?? "model") else { fail(usage) }
    let wanted = arguments.budget()
    for id in Texts.identifiers(arguments.option("--in")) {
      guard let source = texts.source(id, arguments.option("--in")) else { continue }
      let brief = summarizer.brief(source, budget: wanted, style: style)
      let text =
        arguments.optional("--lines") == nil
        ? brief.text(source.blocks)
        : brief.sentences.map { String(decoding: source.blocks.text[$0.range], as: UTF8.self) }.joined(separator: "\n")
      Texts.write(Array((text + "\n").utf8), "\(arguments.option("--out"))/\(id).txt")
    }
  }

  private static func frequencies(_ arguments: Arguments) {
    let texts = Texts(arguments)
    let summarizer = Summarizer()
    var counts: [UInt64: Int] = [:]
    var count = 0
    for folder in arguments.options["--in"] ?? [] {
      for id in Texts.identifiers(folder) {
        guard let source = texts.source(id, folder) else { continue }
        count += 1
        for stem in summarizer.stems(source) { counts[stem, default: 0] += 1 }
      }
    }
    let limit = arguments.number("--limit") ?? 20_000
    Texts.write(Summarizer.encodeFrequencies(counts, texts: count, limit: limit), arguments.option("--out"))
  }
}
