// Writes the features of pages as rows for Tools/train: not a tool for users.
//
//   winnow-features html|dump FOLDER OUT [--dumps FOLDER] [--odds FILE]
//
// Reads every file of FOLDER that is of the kind and writes into OUT: names.json, the names of the features; pages.jsonl, one
// page a line with its blocks' texts; blocks.f32 and pages.f32, the rows as 32-bit floats; words.u32, for each place of a
// page that words of its type are taken from, the number of their keys and the keys; keys.u32, the same for each
// block. With --dumps it also writes each page as a plain-text dump, a block a line. With --odds the words of a
// dump's lines say what FILE says, a 32-bit float a line, instead of what the embedded words say.
//
//   winnow-features families FOLDER OUT [--words FILE] [--kept FILE] [--hide N] [--plain]
//
// Writes what the family model learns from; see Families.swift.
//
//   winnow-features cost FOLDER
//
// Prints the processor time that judging takes a page, without reading and rules.

import Content
import FoundationEssentials
import Glibc
import Pages
import Rules

struct PageRow: Codable {
  var name: String
  var isHTML: Bool
  var count: Int
  var texts: [String]
  /// Whether a rule takes the block out.
  var removed: [Bool]
  var kinds: [Int]
}
struct Names: Codable {
  var block = FeatureRows.blockNames
  var page = FeatureRows.pageNames
  var line = FeatureRows.lineNames
}

func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

func dump(_ blocks: Blocks) -> String {
  var text = ""
  for block in 0..<blocks.count {
    if block > 0, blocks.breaks[block] > 1 { text += "\n" }
    text += (blocks.kinds[block] == .listItem ? "* " : "") + blocks.string(block) + "\n"
  }
  return text
}

let arguments = Array(CommandLine.arguments.dropFirst())
let manager = FileManager.default
var rules: [Rule] = []
for pack in RuleSet.builtInPacks { rules += RuleFile(pack.yaml, name: pack.name).rules }
let scanner = Scanner(RuleSet(rules))
let reader = PageReader()

/// Of judging, and of naming the reasons of every block that goes.
func printCost(_ folder: String, _ reader: PageReader, _ scanner: Scanner) throws {
  let manager = FileManager.default
  let scorer = ContentScorer()
  var judging = 0
  var explaining = 0
  var pages = 0
  var letters = 0
  for name in try manager.contentsOfDirectory(atPath: folder).sorted() {
    guard let data = manager.contents(atPath: folder + "/" + name),
      let page = try? reader.read(Page(name: name, bytes: Array(data)))
    else { continue }
    let findings = scanner.scan(page.blocks)
    var start = clock()
    let judgement = scorer.judge(page, findings: findings)
    judging += clock() - start
    start = clock()
    for block in 0..<page.blocks.count where !judgement.keeps[block] {
      letters += judgement.reasons(block).reduce(0) { $0 + $1.text.utf8.count }
    }
    explaining += clock() - start
    pages += 1
  }
  let unit = Double(max(1, pages)) * Double(CLOCKS_PER_SEC) / 1000
  print(
    "\(pages) pages, ms a page: judging \(Double(judging) / unit), explaining \(Double(explaining) / unit) (\(letters) letters)"
  )
}

if arguments.count == 2, arguments[0] == "cost" {
  try printCost(arguments[1], reader, scanner)
  exit(0)
}
func option(_ name: String) -> String? { arguments.firstIndex(of: name).map { arguments[$0 + 1] } }
if arguments.count >= 3, arguments[0] == "families" {
  func file(_ name: String) -> [UInt8]? { option(name).flatMap { manager.contents(atPath: $0) }.map { Array($0) } }
  let mode = FamiliesMode(
    words: file("--words"), kept: file("--kept"), isPlain: arguments.contains("--plain"),
    hidden: option("--hide").flatMap { Int($0) })
  try mode.write(arguments[1], arguments[2], scanner, reader)
  exit(0)
}
guard arguments.count >= 3, ["html", "dump"].contains(arguments[0]) else {
  print("winnow-features html|dump FOLDER OUT [--dumps FOLDER] [--odds FILE]")
  exit(2)
}
let dumps = option("--dumps")
for folder in [arguments[2]] + (dumps.map { [$0] } ?? []) {
  try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
}
let encoder = JSONEncoder()
var lines: [UInt8] = []
var blockRows: [Float] = []
var pageRows: [Float] = []
var typeWords: [UInt32] = []
var wordKeys: [UInt32] = []
let odds = option("--odds").flatMap { manager.contents(atPath: $0) }.map { data in
  data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
var first = 0
var spent = Duration.zero
var pages = 0
for name in try manager.contentsOfDirectory(atPath: arguments[1]).sorted() {
  guard let data = manager.contents(atPath: arguments[1] + "/" + name),
    let page = try? reader.read(Page(name: name, bytes: Array(data))), page.isHTML == (arguments[0] == "html")
  else { continue }
  let findings = scanner.scan(page.blocks)
  let start = ContinuousClock.now
  let rows = FeatureRows(page, findings: findings, wordOdds: odds.map { Array($0[first..<first + page.blocks.count]) })
  spent += .now - start
  pages += 1
  first += page.blocks.count
  blockRows += rows.blocks
  pageRows += rows.page
  for keys in rows.typeWords { typeWords += [UInt32(keys.count)] + keys }
  wordKeys += FeatureRows.wordKeys(page.blocks)
  var removed = [Bool](repeating: false, count: page.blocks.count)
  for finding in findings where finding.action == .remove { removed[finding.block] = true }
  let row = PageRow(
    name: name, isHTML: page.isHTML, count: page.blocks.count, texts: (0..<page.blocks.count).map(page.blocks.string),
    removed: removed, kinds: page.blocks.kinds.map { Int($0.rawValue) })
  lines += try encoder.encode(row)
  lines.append(0x0A)
  if let dumps { try write(Array(dump(page.blocks).utf8), to: "\(dumps)/\(name).txt") }
}
try write(Array(encoder.encode(Names())), to: arguments[2] + "/names.json")
try write(lines, to: arguments[2] + "/pages.jsonl")
try write(blockRows.withUnsafeBytes { Array($0) }, to: arguments[2] + "/blocks.f32")
try write(pageRows.withUnsafeBytes { Array($0) }, to: arguments[2] + "/pages.f32")
try write(typeWords.withUnsafeBytes { Array($0) }, to: arguments[2] + "/words.u32")
try write(wordKeys.withUnsafeBytes { Array($0) }, to: arguments[2] + "/keys.u32")
print("\(pages) pages, \(spent / max(1, pages)) a page for features")
