import Testing

@testable import Pages

/// Formulas in MathML are text: a sentence without them says something else.
@Suite struct FormulaTests {
  private static let tex = "<annotation encoding='application/x-tex'>x_1 &lt; y</annotation>"

  static let cases = [
    TextCase(
      "a formula in a sentence",
      "<p>It follows from <math><mi>A</mi><mo>=</mo><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math> and the height.",
      ["It follows from A=πr2 and the height."]),
    TextCase(
      "with a line for each element", "<p>a <math>\n <mi>x</mi>\n <mo>&lt;</mo>\n <mi>y</mi>\n</math>, b",
      ["a x < y, b"]),
    TextCase("without its annotations", "<p><math><semantics><mi>x</mi>\(tex)</semantics></math> b", ["x b"]),
    TextCase("nor those in XML", "<p><math><mi>x</mi><annotation-xml><ci>y</ci></annotation-xml></math> b", ["x b"]),
    TextCase(
      "what it says in words where it shows nothing", "<p>a <math alttext='x &lt; y'><mspace/></math> b", ["a x < y b"]),
    TextCase("an annotation shows nothing", "<p>a <math alttext=xy><semantics>\(tex)</semantics></math> b", ["a xy b"]),
    TextCase("and closed at once", "<p>a <math alttext=\"x\"/> b <math/> c", ["a x b c"]),
    TextCase("neither text nor words", "<p>a <math><mrow></mrow></math> b", ["a b"]),
    TextCase("a slash closes", "<p><math><mi>x</mi><mspace width='1em'/><mi>y</mi></math><b>b</b>", ["xyb"]),
    TextCase("a fraction", "<p>2 <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> cups", ["2 1/2 cups"]),
    TextCase(
      "numbers below and above", "<p><math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>", ["x 1 2"]),
    TextCase(
      "a matrix", "<p><math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable></math>", ["1 0"]),
    TextCase("two side by side", "<p><math><mi>x</mi></math><math><mi>y</mi></math>", ["xy"]),
    TextCase("never closed", "<p>a <math><mi>x</mi> b</p><p>c", ["a x b", "c"]),
    // As KaTeX and MathJax write them.
    TextCase(
      "a copy for the eyes behind it",
      "<p>a <span><span><math><mi>x</mi><mo>+</mo><mn>1</mn></math></span><span aria-hidden=true><i>x</i>+1</span></span> b",
      ["a x+1 b"]),
    TextCase(
      "a copy for the eyes before it",
      "<p>a <nobr aria-hidden=true><span>x+1</span></nobr><span role=presentation><math><mi>x</mi><mo>+</mo><mn>1</mn></math></span> b",
      ["a x+1 b"]),
    TextCase("an icon elsewhere", "<p>a <span aria-hidden=true>→</span> <math><mi>x</mi></math>", ["a → x"]),
  ]
  @Test(arguments: cases) func formula(_ page: TextCase) throws {
    #expect(try texts(page.html) == page.texts)
  }

  @Test func powersAreRaised() throws {
    let blocks = try read("<p><math><msup><mi>r</mi><mn>2</mn></msup><msub><mi>x</mi><mn>1</mn></msub></math>").blocks
    let spans = blocks.spans.map {
      ($0.kind, String(decoding: blocks.text[Int($0.start)..<Int($0.end)], as: UTF8.self))
    }
    #expect(spans.map(\.0) == [.superscript, .subscript])
    #expect(spans.map(\.1) == ["2", "1"])
  }

  @Test func wordsOfAnAttributeLeadToIt() throws {
    let html = "<p>a <math alttext='x &lt; y'></math> b"
    let page = try read(html)
    let source = page.blocks.sourceRange(of: 2..<7)
    #expect(String(decoding: page.decoded[source], as: UTF8.self) == "x &lt; y")
  }
}
