import Pages
import Testing

@testable import Content

@Suite struct MetadataOtherTests {
  @Test(arguments: [
    ("en", "en"), ("EN", "en"), ("de-de", "de-DE"), ("pt_BR", "pt-BR"), ("zh-hans-cn", "zh-Hans-CN"), ("en, de", "en"),
    ("", nil), ("english", nil), ("x", nil), ("und", nil), ("en-{{region}}", nil),
  ])
  func tag(text: String, expected: String?) {
    #expect(LanguageReader.tag(text) == expected)
  }

  @Test(arguments: [
    ("The boat was late and the people on the quay were cold, but it was a good day for all of us.", "en"),
    ("Das Boot war zu spät und die Leute auf dem Kai haben gefroren, aber es war ein guter Tag für alle.", "de"),
    ("Le bateau est en retard et les gens sur le quai ont froid, mais une bonne journée pour tous.", "fr"),
    ("El barco llegó tarde y la gente en el muelle tenía frío, pero fue un buen día para todos los demás.", "es"),
    ("Łódź się spóźniła i ludzie na nabrzeżu zmarzli, ale to był dobry dzień dla nas, jak nie inny.", "pl"),
    ("Судно запізнилося, і люди на причалі змерзли, але це був добрий день для всіх, як і завжди.", "uk"),
    ("Судно опоздало, и люди на причале замёрзли, но это был хороший день для всех, как и всегда.", "ru"),
    ("船が遅れたので、岸壁の人々は寒かったが、それでも良い一日だった。みんなが笑っていた。", "ja"),
    ("船晚点了，码头上的人都很冷，但对大家来说仍然是美好的一天，人人都在笑着等待下一班船。", "zh"),
    ("Το πλοίο άργησε και οι άνθρωποι στην προβλήτα κρύωναν, αλλά ήταν μια καλή μέρα.", "el"),
  ])
  func guess(text: String, expected: String) {
    #expect(LanguageGuess.guess(Array(text.utf8))?.language == expected)
  }

  @Test func nothingSpeaksClearly() {
    #expect(LanguageGuess.guess(Array("1234 5678".utf8)) == nil)
    #expect(LanguageGuess.guess([]) == nil)
  }

  @Test func textOverrulesATemplate() throws {
    let line =
      "<p>Das Boot war zu spät und die Leute auf dem Kai haben gefroren, aber es war ein guter Tag für alle.</p>"
    let found = try metadata(body: String(repeating: line, count: 8), lang: "en")
    #expect(found.language == .init("de", from: "text"))
    // Which of two others it is need not be sure, as long as it is not the one that the page declares.
    let spanish = "<p>El barco de la isla no salió y los vecinos se quedaron en el muelle con las maletas.</p>"
    #expect(try metadata(body: String(repeating: spanish, count: 8), lang: "en").language == .init("es", from: "text"))
    #expect(try metadata(body: line, lang: "de-AT").language == .init("de-AT", from: "html"))
  }

  @Test(arguments: [
    (PageType.product, Float(0.95), false), (.product, 0.6, true), (.listing, 0.95, false), (.article, 0.95, true),
    (.forum, 0.95, true),
  ])
  func whoSignsAtAShopIsACustomer(type: PageType, confidence: Float, isSigned: Bool) {
    let judgement = Judgement(scores: [], keeps: [], pageType: type, pageTypeConfidence: confidence)
    #expect(judgement.mayBeSigned == isSigned)
    var metadata = Metadata()
    (metadata.byline, metadata.date) = (.init("Ada Lind", from: "byline"), .init("2025-03-01", from: "json-ld"))
    metadata.dropVisibleSignature()
    #expect(metadata.byline == nil && metadata.date != nil)
  }

  @Test func addresses() throws {
    let relative = "<link rel=\"canonical\" href=\"/a/1\">"
    #expect(try metadata(head: relative).canonicalURL == nil)
    let found = try metadata(head: relative, url: "https://post.example/a/1?x=2")
    #expect(found.canonicalURL == .init("https://post.example/a/1", from: "link"))
    let og = "<meta property=\"og:url\" content=\"https://post.example/b\">"
    #expect(try metadata(head: og).canonicalURL == .init("https://post.example/b", from: "og"))
  }

  @Test func siteAndSummary() throws {
    let head = """
      <meta property="og:site_name" content=" Harbour  Post "><meta property="og:description" content="">
      <meta name="description" content="Ferries, at last.">
      """
    let found = try metadata(head: head)
    #expect(found.siteName == .init("Harbour Post", from: "og"))
    #expect(found.summary == .init("Ferries, at last.", from: "meta"))
  }

  @Test func dumpHasOnlyItsText() throws {
    let text =
      "Night ferries return\n\nBy Ann Lee\nJuly 27, 2024\n\nThe first boat left at nine, with forty people on deck.\n"
    let page = try PageReader().read(Page(name: "page.txt", bytes: Array(text.utf8)))
    let found = MetadataReader().read(page, findings: [])
    #expect(found.byline == .init("Ann Lee", from: "byline"))
    #expect(found.date == .init("2024-07-27", from: "text"))
  }
}
