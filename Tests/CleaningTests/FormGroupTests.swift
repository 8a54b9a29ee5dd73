import Pages
import Rules
import Testing

@testable import Cleaning

/// The lines of a sign-up form are reported as one finding.
@Suite struct FormGroupTests {
  private func reported(_ page: String, _ policy: Policy = Policy(), own: String = "") throws -> [Finding] {
    let read = try PageReader().read(Page(name: "a.txt", bytes: Array(page.utf8)))
    let builtIn = RuleSet.builtInPacks.flatMap { RuleFile($0.yaml, name: $0.name).rules }
    let rules = RuleSet(builtIn + RuleFile("pack: own\nschema: 1\nrules:\n\(own)", name: "own.yaml").rules)
    return Cleaner(Rulebook(rules: rules, policy: policy), favor: nil).clean(read).reportedFindings
  }
  private static let form = "Enter your email\n* indicates required\nSubscribe\n* indicates required\nSubscribe\n"
  private static let text = "\nThe ferry sails again on Monday, the harbour office said on Friday.\n\n"

  @Test func aFormIsOneFindingWithItsParts() throws {
    let found = try reported(Self.text + Self.form + Self.text)
    #expect(found.map(\.rule) == ["signup/form"])
    #expect(found[0].message == "A sign-up form in 5 lines; * indicates required 2 times; Subscribe 2 times")
    #expect(found[0].parts.map(\.rule) == ["signup/form-debris", "signup/form-debris", "signup/button"])
    #expect(found[0].parts.map(\.related) == [[], [4], [5]])
    #expect(found[0].range.count == Self.form.utf8.count - 1)
  }
  @Test func whatStandsBetweenPartsForms() throws {
    let found = try reported(Self.form + Self.text + Self.form)
    #expect(found.map(\.rule) == ["signup/form", "signup/form"])
    #expect(found.map(\.related) == [[6], [0]])
  }
  @Test func aLineAloneIsNoForm() throws {
    #expect(try reported(Self.text + "Subscribe\n" + Self.text).map(\.rule) == ["signup/button"])
  }
  /// What forms of all kinds have is reported line by line where nothing speaks of signing up.
  @Test(arguments: [
    ("First Name*\nThis field is for validation purposes and should be left unchanged.\nPhone*\n", false),
    ("Thank you! Your submission has been received!\nOops! Something went wrong while submitting the form.\n", false),
    ("Email\nSubmit\nPlease enter your phone number.\n", false),
    ("Enter your email address\nThis field is for validation purposes and should be left unchanged.\n", true),
    ("Thank you for signing up!\nOops! Something went wrong while submitting the form.\n", true),
    ("Sign up for our weekly newsletter\nOops! Something went wrong while submitting the form.\n", true),
  ])
  func aFormSpeaksOfSigningUp(_ lines: String, isForm: Bool) throws {
    let found = try reported(Self.text + lines + Self.text)
    #expect(!found.isEmpty && found.contains { $0.rule == "signup/form" } == isForm, "\(found.map(\.rule))")
  }
  /// One's own rules too say of themselves which kind they are.
  @Test(arguments: [(true, ["signup/own", "signup/own"]), (false, ["signup/form"])])
  func aRuleOfAnyFormMakesNone(isOfAnyForm: Bool, rules: [String]) throws {
    let own = """
      - id: signup/own
        family: signup
        title: Field of our letters
        any-form: \(isOfAnyForm)
        match: {line: ["Favourite ferry", "Favourite pier"]}
      """
    #expect(try reported(Self.text + "Favourite ferry\nFavourite pier\n" + Self.text, own: own).map(\.rule) == rules)
  }
  /// It is as grave as the gravest of its lines, unless something is said of it by name, for all pages or for some.
  @Test func aFormHasSettingsOfItsOwn() throws {
    func severities(_ own: [String: Policy.Setting], _ override: [String: Policy.Setting] = [:]) throws -> [String] {
      var policy = Policy(overrides: [Policy.Override(paths: [PathPattern("*.txt")])])
      policy.own.families[.signup] = Policy.Setting(severity: .error)
      policy.own.rules = own
      policy.overrides[0].layer.rules = override
      return try reported(Self.text + Self.form, policy).map { "\($0.rule) \($0.severity)" }
    }
    let (off, note) = (Policy.Setting(isOff: true), Policy.Setting(severity: .note))
    #expect(try severities([:]) == ["signup/form error"])
    #expect(try severities(["signup/form": note]) == ["signup/form note"])
    #expect(try severities(["signup/form": off]).count == 5)
    #expect(try severities(["signup/form": off], ["signup/form": .init(isOff: false)]) == ["signup/form error"])
  }
  @Test func otherFamiliesEndAForm() throws {
    let found = try reported("Enter your email\nSubscribe\nSkip to content\n* indicates required\n" + Self.text)
    #expect(found.map(\.rule) == ["signup/form", "navigation/skip-link", "signup/form-debris"])
  }
}
