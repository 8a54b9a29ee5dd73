import Pages
import Testing
import Yams

@testable import Rules

/// `Rules/rule.schema.json` says exactly what the reader accepts.
@Suite struct SchemaTests {
  // JSON is YAML.
  private static func schema() throws -> Node { try Yams.compose(yaml: Repository.read("Rules/rule.schema.json"))! }

  private func keys(_ schema: Node?) -> [String] {
    (schema?["properties"]?.mapping ?? [:]).compactMap { $0.key.string }.sorted()
  }
  private func values(_ schema: Node?) -> [String] { (schema?["enum"]?.sequence ?? []).compactMap(\.string).sorted() }

  @Test func keysAreTheReaders() throws {
    let schema = try Self.schema()
    let parts = schema["$defs"]!
    #expect(keys(schema) == RuleFile.packKeys.sorted())
    #expect(keys(parts["rule"]) == RuleFile.ruleKeys.sorted())
    #expect(keys(parts["condition"]) == RuleFile.conditionKeys.sorted())
    #expect(keys(parts["pageCondition"]) == (RuleFile.pageConditionKeys + RuleFile.lineKeys).sorted())
    for (key, inner) in RuleFile.innerKeys {
      let holders = [
        parts["rule"], parts["condition"], parts["pageCondition"], parts["pageCondition"]?["properties"]?["score"],
      ]
      var found = holders.compactMap { $0?["properties"]?[key] }
      #expect(!found.isEmpty, "\(key)")
      if key == "add" { found = found.compactMap { $0["items"] } }
      for schema in found {
        let schema = schema["$ref"] == nil ? schema : parts["bounds"]!
        #expect(keys(schema) == inner.sorted(), "\(key)")
        #expect(schema["additionalProperties"]?.bool == false, "\(key)")
      }
    }
  }

  @Test func namesAreTheReaders() throws {
    let parts = try Self.schema()["$defs"]!
    let rule = parts["rule"]!["properties"]!
    #expect(values(parts["family"]) == Family.allCases.map(\.rawValue).sorted())
    #expect(values(parts["kind"]) == BlockKind.allCases.map { "\($0)" }.sorted())
    #expect(values(parts["element"]) == (RuleFile.contexts.keys + ["a"]).sorted())
    #expect(values(parts["metric"]) == PageMetric.allCases.map(\.rawValue).sorted())
    #expect(values(rule["severity"]) == Severity.allCases.map(\.rawValue).sorted())
    #expect(values(rule["action"]) == Action.allCases.map(\.rawValue).sorted())
    #expect(values(rule["scope"]) == Rule.Scope.allCases.map(\.rawValue).sorted())
  }

  @Test(arguments: RuleSet.builtInPacks.map(\.name)) func packsObey(name: String) throws {
    let pack = try Yams.compose(yaml: Repository.read("Rules/\(name)"))!
    let schema = try Self.schema()
    #expect(SchemaCheck(root: schema).mistakes(pack, schema, at: name) == [])
  }

  /// What the reader refuses, the schema refuses too, and the other way about.
  @Test(arguments: [
    ("{line: x}", true), ("[{line: x}, {ends: [y, z]}]", true), ("{words: {max: 3}}", true), ("{words: 3}", false),
    ("{lin: x}", false), ("{}", false), ("{near: {family: ads}}", true), ("{near: {lines: 3}}", false),
    ("{kind: button}", true), ("{kind: buton}", false), ("{range: {from: {line: a}, to: {line: b}}}", true),
    ("{range: {from: {line: a}}}", false), ("{joined: true}", true), ("{joined: 3}", false), ("{not: {in: nav}}", true),
    ("{not: {inn: nav}}", false), ("{any: [{line: x}]}", true), ("{any: {line: x}}", false), ("{line: []}", false),
    ("{metric: {name: words}}", false), ("{at: {}}", false), ("{at: {first: 0.5}}", true),
    ("{words: {min: -1}}", false), ("{similar: {min: 3}}", true), ("{similar: 3}", false), ("{pages: {min: 3}}", true),
    ("{pages: {max: 3}}", false), ("{xpath: //p}", true), ("{xpath: [//p]}", false),
  ])
  func agree(match: String, isGood: Bool) throws { try check(yaml(match), isGood) }

  @Test(arguments: [
    ("action: replace, with: x", true), ("action: replace", false), ("with: x", false),
    ("action: replace, with: '', scope: sentence", true), ("action: replace, with: x, scope: block", false),
    ("scope: sentence", true), ("scope: sentence, action: keep", false), ("scope: block, action: keep", true),
    ("scope: block, action: keep-first", false), ("scope: page", true), ("scope: page, with: x", false),
    ("scope: page, action: remove", false), ("action: quarantine", false),
  ])
  func agree(scope: String, isGood: Bool) throws { try check(yaml("{line: x}", more: scope), isGood) }

  private func check(_ rule: String, _ isGood: Bool) throws {
    let text = "pack: p\nschema: 1\nrules:\n" + rule
    #expect(RuleFile(text, name: "p").errors.isEmpty == isGood)
    let schema = try Self.schema()
    #expect(SchemaCheck(root: schema).mistakes(try Yams.compose(yaml: text)!, schema, at: "p").isEmpty == isGood)
  }
}

/// The part of JSON Schema that the schema of rules uses.
private struct SchemaCheck {
  var root: Node

  func mistakes(_ node: Node, _ schema: Node, at path: String) -> [String] {
    if schema.bool == false { return ["\(path): unknown"] }
    var found: [String] = []
    if let reference = schema["$ref"]?.string {
      let part = reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)]! }
      found += mistakes(node, part, at: path)
    }
    if let names = schema["type"] {
      let names = names.sequence.map(Array.init) ?? [names]
      if !names.contains(where: { isOfType(node, $0.string!) }) { found.append("\(path): type") }
    }
    if let values = schema["enum"]?.sequence, !values.contains(where: { $0.string == node.string }) {
      found.append("\(path): enum")
    }
    if let value = schema["const"], value.string != node.string { found.append("\(path): const") }
    if let least = schema["minimum"]?.float, let value = node.float, value < least { found.append("\(path): minimum") }
    if let any = schema["anyOf"]?.sequence, !any.contains(where: { mistakes(node, $0, at: path).isEmpty }) {
      found.append("\(path): anyOf")
    }
    if let condition = schema["if"] {
      let part = mistakes(node, condition, at: path).isEmpty ? schema["then"] : schema["else"]
      if let part { found += mistakes(node, part, at: path) }
    }
    if let list = node.sequence {
      if list.count < schema["minItems"]?.int ?? 0 { found.append("\(path): minItems") }
      if let items = schema["items"] {
        for (index, item) in list.enumerated() { found += mistakes(item, items, at: "\(path)[\(index)]") }
      }
    }
    if let mapping = node.mapping {
      if mapping.count < schema["minProperties"]?.int ?? 0 { found.append("\(path): minProperties") }
      for key in schema["required"]?.sequence ?? [] where mapping[key.string!] == nil {
        found.append("\(path): \(key.string!) is required")
      }
      for (key, value) in mapping {
        if let part = schema["properties"]?[key.string!] {
          found += mistakes(value, part, at: "\(path).\(key.string!)")
        } else if schema["additionalProperties"]?.bool == false {
          found.append("\(path).\(key.string!): unknown")
        }
      }
    }
    return found
  }

  private func isOfType(_ node: Node, _ name: String) -> Bool {
    switch name {
    case "object": node.mapping != nil
    case "array": node.sequence != nil
    case "boolean": node.bool != nil && node.tag == Tag(.bool)
    case "integer": node.int != nil
    case "number": node.float != nil
    default: node.scalar != nil && (node.scalar!.style != .plain || node.tag == Tag(.str))
    }
  }
}
