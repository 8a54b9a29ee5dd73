import Pages
import Testing

@testable import Content

@Suite struct MetadataDateTests {
  @Test(arguments: [
    ("2024-07-27", "2024-07-27"), ("2024-07-27T22:02:00+03:00", "2024-07-27T22:02:00+03:00"),
    ("2024-07-27T22:02:00+0300", "2024-07-27T22:02:00+03:00"), ("2024-07-27T22:02Z", "2024-07-27T22:02Z"),
    ("2024-07-27T22:02:00.123Z", "2024-07-27T22:02:00Z"), ("2024-07-27 22:02:00", "2024-07-27T22:02:00"),
    ("2024-07-27 22:02:00 UTC", "2024-07-27T22:02:00Z"), ("20240727", "2024-07-27"), ("2024-07-27+02:00", "2024-07-27"),
    ("20240727T101500Z", "2024-07-27"), ("1722114120", "2024-07-27"), ("1722114120000", "2024-07-27"),
    (" Sat, 27 Jul 2024 22:02:00 GMT ", "2024-07-27"), ("27 July 2024", "2024-07-27"),
  ])
  func machineReadable(text: String, expected: String) {
    #expect(DateText().iso(text) == expected)
  }

  @Test(arguments: [
    ("July 27, 2024", "en"), ("Jul. 27, 2024", "en"), ("27th of July 2024", "en"), ("Sat Jul 27 2024", "en"),
    ("2024 July 27", "en"), ("27. Juli 2024", "de"), ("27.07.2024", "de"), ("27.7.2024", "de"), ("27.07.24", "de"),
    ("27 juillet 2024", "fr"), ("le 27 juil. 2024", "fr"), ("27 de julio de 2024", "es"), ("27 de julho de 2024", "pt"),
    ("27 luglio 2024", "it"), ("27 juli 2024", "nl"), ("27 juli 2024", "sv"), ("27. juli 2024", "da"),
    ("27. heinäkuuta 2024", "fi"), ("27 lipca 2024", "pl"), ("27. července 2024", "cs"), ("27. júla 2024", "sk"),
    ("27. srpnja 2024.", "hr"), ("2024. július 27.", "hu"), ("27 iulie 2024", "ro"), ("27 Temmuz 2024", "tr"),
    ("27 липня 2024 року", "uk"), ("27 июля 2024 г.", "ru"), ("27 Ιουλίου 2024", "el"), ("27 Juli 2024", "id"),
    ("2024年7月27日", "zh"), ("2024年7月27日", "ja"), ("2024년 7월 27일", "ko"), ("2024/07/27", "ja"), ("27/07/2024", "en-US"),
    ("07/27/2024", "de"), ("Published on July 27, 2024 at 9:05", "en"),
  ])
  func prose(text: String, language: String) {
    #expect(DateText(language: language).find(in: text) == "2024-07-27")
  }

  @Test(arguments: [
    ("03/04/2024", "en", "2024-03-04"), ("03/04/2024", "en-US", "2024-03-04"), ("03/04/2024", "en-GB", "2024-04-03"),
    ("03/04/2024", "fr", "2024-04-03"), ("03-04-2024", "nl", "2024-04-03"), ("03.04.2024", "en", "2024-04-03"),
    ("04/04/2024", nil, "2024-04-04"), ("03/04/2024", nil, nil),
  ])
  func orderOfDayAndMonth(text: String, language: String?, expected: String?) {
    #expect(DateText(language: language).find(in: text) == expected)
  }

  @Test(arguments: [
    "", "July 2024", "2024", "31 February 2024", "30.02.2024", "July 32, 2024", "version 1.2.2024.7", "192.168.10.20",
    "27.13.2024", "may contain 20 nuts", "0000-00-00", "1850-07-27", "½ cup", "three of 12", "20240727123456",
  ])
  func noDate(text: String) {
    #expect(DateText(language: "en").iso(text) == nil)
  }

  @Test(arguments: [
    ("https://post.example/2024/07/27/ferries/", "2024-07-27"),
    ("https://post.example/2024-07-27-ferries", "2024-07-27"),
    ("https://post.example/2024/ferries", nil), ("https://post.example/item/2024/99/27", nil),
    ("https://post.example/?d=/2024/07/27/", nil),
  ])
  func address(url: String, expected: String?) {
    #expect(DateText.inPath(url) == expected)
  }

  @Test func dayOfPublishingNotOfTheChange() throws {
    let body = """
      <h1>Night ferries return</h1><p>Updated <time datetime="2024-08-01">August 1</time></p>
      <p>Published <time datetime="2024-07-27">July 27</time></p><p>Text.</p>
      """
    #expect(try metadata(body: body).date == .init("2024-07-27", from: "time"))
    let line = "<h1>Night ferries return</h1><p>Published July 27, 2024, updated August 1, 2024</p><p>Text.</p>"
    #expect(try metadata(body: line).date == .init("2024-07-27", from: "text"))
    let changed = "<h1>Night ferries return</h1><p>Last updated: August 1, 2024</p><p>Text.</p>"
    #expect(try metadata(body: changed).date == nil)
  }

  @Test func sourcesInOrder() throws {
    let linked = jsonLD(#"{"@type":"NewsArticle","datePublished":"2024-07-27"}"#)
    let meta = "<meta property=\"article:published_time\" content=\"2024-07-26\">"
    #expect(try metadata(head: meta + linked).date == .init("2024-07-27", from: "json-ld"))
    #expect(try metadata(head: meta).date == .init("2024-07-26", from: "meta"))
    #expect(try metadata(url: "https://post.example/2024/07/25/a").date == .init("2024-07-25", from: "url"))
  }

  @Test func dayOfATemplateIsNone() throws {
    let linked = jsonLD(#"{"@type":"WebPage","datePublished":"2019-01-01"}"#)
    #expect(try metadata(head: linked, body: "<h1>Our services</h1><p>Text.</p>").date == nil)
  }
}
