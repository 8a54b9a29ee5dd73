import Pages
import Testing

@testable import Content

@Suite struct MetadataAuthorTests {
  @Test(arguments: [
    ("By Ann Lee", "Ann Lee"),
    ("by Ann Lee July 27, 2024 10:02 PM 2 min read", "Ann Lee"),
    ("By Ann Lee and Bo Berg | Updated 3 May 2024", "Ann Lee and Bo Berg"),
    ("Written by: Ann O'Lee-Smith, MD", "Ann O'Lee-Smith, MD"),
    ("Posted by Ann Lee on 3 May 2024", "Ann Lee"),
    ("Von Anna Lehmann", "Anna Lehmann"),
    ("Ein Gastbeitrag von Anna Lehmann, 3. Mai 2024", "Anna Lehmann"),
    ("Autorin: Anna Lehmann", "Anna Lehmann"),
    ("Texte : Anne Leduc", "Anne Leduc"),
    ("Publié par Anne Leduc le 3 mai 2024", "Anne Leduc"),
    ("Por Ana de la Luz", "Ana de la Luz"),
    ("Escrito por Ana Luz", "Ana Luz"),
    ("di Anna Luzzi", "Anna Luzzi"),
    ("Door Anna van der Laan", "Anna van der Laan"),
    ("Av Anna Lind", "Anna Lind"),
    ("Skrevet af Anna Lund", "Anna Lund"),
    ("Autor: Anna Lis", "Anna Lis"),
    ("Napsala Anna Lišková", "Anna Lišková"),
    ("Автор: Анна Лис", "Анна Лис"),
    ("Текст: Ганна Лис", "Ганна Лис"),
    ("Kirjoittaja: Anna Lehto", "Anna Lehto"),
    ("Yazan: Ayşe Lale", "Ayşe Lale"),
    ("Penulis: Ayu Lestari", "Ayu Lestari"),
    ("作者：林小安", "林小安"),
    ("责任编辑：林小安", "林小安"),
    ("Text und Interview: Anna Lehmann", "Anna Lehmann"),
    ("Von Anna Lehmann Illustration von Bo Berg", "Anna Lehmann"),
    ("By Harbour Staff", "Harbour Staff"),
    ("Eine Kolumne von Anna Lehmann", "Anna Lehmann"),
    ("A review by Ann Lee", "Ann Lee"),
    ("Autor/in: Anna Lehmann", "Anna Lehmann"),
    ("Herausgeber: Quay Boats SE", "Quay Boats SE"),
    ("Posted by Ann 3 May 2024", "Ann"),
    ("Verfasst von: ann_lee | 3. Mai 2024", "ann_lee"),
    ("03.05.2024 | 13:10 Uhr | Anna Lehmann", "Anna Lehmann"),
    ("3.5.2024 - Redaktion: Anna Lehmann (Sprecherin der Werft)", "Anna Lehmann"),
    ("Harbour | By Ann Lee | May 3, 2024", "Ann Lee"),
    ("Von Anna Lehmann3. Mai 2024", "Anna Lehmann"),
    ("AuthorAnn Lee", "Ann Lee"),
    ("Von Anna Lehmann, dpa", "Anna Lehmann"),
  ])
  func bylineInTheText(line: String, expected: String) throws {
    let found = try metadata(
      head: "<title>Night ferries return</title>",
      body: "<h1>Night ferries return</h1><p>\(line)</p><p>The first boat left at nine, with forty people on deck.</p>")
    #expect(found.byline == .init(expected, from: "byline"))
  }

  @Test(arguments: [
    "By the lake, nobody slept.", "By contrast, the north kept its school", "Von hier aus sieht man das Meer",
    "Text und Bild gehören zusammen", "By clicking here you agree", "By July 2024", "Por favor", "By",
  ])
  func noByline(line: String) throws {
    let found = try metadata(body: "<h1>Night ferries return</h1><p>\(line)</p><p>The first boat left at nine.</p>")
    #expect(found.byline == nil)
  }

  @Test(arguments: [
    (#"{"@type":"NewsArticle","author":"Ann Lee"}"#, "Ann Lee"),
    (#"{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Lee"}}"#, "Ann Lee"),
    (#"{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ann Lee"},{"name":"Bo Berg"}]}"#, "Ann Lee, Bo Berg"),
    (#"{"@type":"NewsArticle","author":{"name":["Ann Lee","Bo Berg"]}}"#, "Ann Lee, Bo Berg"),
    (#"{"@type":["Thing","BlogPosting"],"author":{"givenName":"Ann","familyName":"Lee"}}"#, "Ann Lee"),
    (#"{"@type":"NewsArticle","author":"By Ann Lee"}"#, "Ann Lee"),
    (#"{"@type":"NewsArticle","author":{"@type":"Person","name":"ann lee"}}"#, "ann lee"),
    (#"{"@type":"NewsArticle","author":"Ann Lee, Quay News","publisher":{"name":"Quay News"}}"#, "Ann Lee"),
    (#"{"@type":"NewsArticle","author":"Ann Lee - Quay News","publisher":{"name":"Quay News"}}"#, "Ann Lee"),
    (#"[{"@type":"WebSite","name":"Post"},{"@type":"Recipe","author":"Ann Lee"}]"#, "Ann Lee"),
    (
      #"{"@graph":[{"@type":"Article","author":{"@id":"p1"}},{"@type":"Person","@id":"p1","name":"Ann Lee"}]}"#,
      "Ann Lee"
    ),
    (#"{"@type":"QAPage","mainEntity":{"@type":"Question","author":{"name":"kiln_fan"}}}"#, "kiln_fan"),
    (
      #"{"@type":"NewsArticle","author":"Ann Lee","publisher":{"name":"Post"},"review":{"author":"No One"}}"#, "Ann Lee"
    ),
  ])
  func linkedData(text: String, expected: String) throws {
    #expect(try metadata(head: jsonLD(text)).byline == .init(expected, from: "json-ld"))
  }

  @Test(arguments: [
    #"{"@type":"NewsArticle","author":""}"#, #"{"@type":"NewsArticle","author":null}"#,
    #"{"@type":"NewsArticle","author":"https://post.example/staff/7"}"#,
    #"{"@type":"WebPage","author":{"@type":"Organization","name":"Harbour Post"}}"#,
    #"{"@type":"NewsArticle","author":{"@type":"Organization","name":"harbourpost.example"}}"#,
    #"{"@type":"NewsArticle","author":"Contributors to Harbour"}"#,
    #"{"@type":"NewsArticle","author":"admin"}"#,
    #"{"@type":"NewsArticle","author":"Quay News, Harbour Street","publisher":{"name":"Quay News"}}"#,
    #"{"@type":"NewsArticle","author":"page.head.extra.author"}"#, #"{"@type":"NewsArticle","author":"Anónimo"}"#,
    #"{"@type":"NewsArticle","author":"Harbour | All the news"}"#, #"{"@type":"Product","author":"Ann Lee"}"#,
  ])
  func noAuthor(text: String) throws {
    #expect(try metadata(head: jsonLD(text)).byline == nil)
  }

  @Test(arguments: [
    #"{"@type":"NewsArticle","author":{"@type":"Organization","name":"Harbour Post"}}"#,
    #"{"@type":"NewsArticle","author":"Harbour Post","publisher":{"@type":"Organization","name":"Harbour Post"}}"#,
  ])
  func houseSignsWhereNobodyElseDoes(text: String) throws {
    let head = jsonLD(text) + "<meta property=\"og:site_name\" content=\"Harbour Post\">"
    let title = "<h1>Night ferries return</h1>"
    #expect(try metadata(head: head, body: title).byline == .init("Harbour Post", from: "json-ld"))
    let signed = title + "<p class=\"byline\">By Ann Lee</p>"
    #expect(try metadata(head: head, body: signed).byline == .init("Ann Lee", from: "byline"))
  }

  @Test func companyGivesWayToTheByline() throws {
    let found = try metadata(
      head: "<meta name=\"author\" content=\"Bund der Fährleute e.V.\">",
      body: "<h1>Night ferries return</h1><p>Von Anna Lehmann</p><p>Text.</p>")
    #expect(found.byline == .init("Anna Lehmann", from: "byline"))
  }

  @Test func severalNamesAreJoinedAsThePageJoinsThem() throws {
    let found = try metadata(
      head: jsonLD(#"{"@type":"NewsArticle","author":[{"name":"Ann Lee"},{"name":"Bo Berg"}]}"#),
      body: "<h1>Night ferries return</h1><p class=\"byline\">By Ann Lee and Bo Berg</p><p>Text.</p>")
    #expect(found.byline == .init("Ann Lee and Bo Berg", from: "byline"))
  }

  @Test func firstNameOfABoxIsCompletedByTheText() throws {
    let found = try metadata(
      body: "<h1>Night ferries return</h1><span class=\"author\">Ann</span><p>A column by Ann Lee</p><p>Text.</p>")
    #expect(found.byline == .init("Ann Lee", from: "byline"))
  }

  @Test func metaIsReadWithoutAddresses() throws {
    let head =
      "<meta property=\"article:author\" content=\"https://social.example/ann\"><meta name=\"author\" content=\"Ann Lee\">"
    #expect(try metadata(head: head).byline == .init("Ann Lee", from: "meta"))
  }

  @Test func bylineIsBetterThanAHandle() throws {
    let found = try metadata(
      head: "<meta name=\"author\" content=\"alee7\">",
      body: "<h1>Night ferries return</h1><p class=\"byline\">By <a href=\"/staff\">Ann Lee</a></p><p>Text.</p>")
    #expect(found.byline == .init("Ann Lee", from: "byline"))
  }

  @Test func authorsOfCommentsAndOtherPagesDoNotCount() throws {
    let found = try metadata(
      body: """
        <h1>Night ferries return</h1><p>The first boat left at nine.</p>
        <div class="comments"><span class="author">Bo Berg</span></div>
        <aside><span class="author">Cy Cole</span></aside>
        """)
    #expect(found.byline == nil)
  }

  @Test func microdata() throws {
    let body = "<h1>Night ferries return</h1><span itemprop=\"author\"><b>Ann Lee</b></span><p>Text.</p>"
    #expect(try metadata(body: body).byline == .init("Ann Lee", from: "microdata"))
  }

  @Test(arguments: [
    ("<p class=\"post-author\">May 1, 2024 · Ann Lee</p>", "Ann Lee"),
    ("<p class=\"meta-author\">Posted on May 1, 2024 by Ann Lee</p>", "Ann Lee"),
    ("<p class=\"author\"><i>AL</i><br>Ann Lee</p>", "Ann Lee"),
    ("<p class=\"author\"><span>By</span><b>Ann Lee</b></p>", "Ann Lee"),
    ("<p class=\"author\">Harbour Post</p>", "Harbour Post"),
    ("<div class=\"post-footer\"><span class=\"post-author\">Posted by <b>Ann Lee</b></span></div>", "Ann Lee"),
    ("<figure><i class=\"author\">Bo Berg</i></figure><i class=\"author\">Ann Lee</i>", "Ann Lee"),
    ("<a rel=\"author\">marc</a>", "marc"),
    ("<article class=\"node-promoted\">Von <a class=\"username\">Ann.Lee</a></article>", "Ann.Lee"),
  ])
  func elementNamedForTheAuthor(body: String, expected: String) throws {
    let found = try metadata(
      head: "<meta property=\"og:site_name\" content=\"Harbour Post\">", body: "<h1>Night ferries return</h1>\(body)")
    #expect(found.byline == .init(expected, from: "byline"))
  }

  @Test func signatureCountsWhereItIsTheOnlyOne() throws {
    let text = "<h1>Night ferries return</h1>" + String(repeating: "<p>The boat left.</p>", count: 30)
    #expect(try metadata(body: text + "<p>Written by Ann Lee</p>").byline?.text == "Ann Lee")
    #expect(try metadata(body: text + "<p>Written by Ann Lee</p><p>Written by Bo Berg</p>").byline == nil)
  }

  @Test func firstPostOfAThreadIsItsAuthors() throws {
    let found = try metadata(
      body: """
        <h1>Which glaze for stoneware?</h1><div><a class="username">kiln_fan</a><p>Which one?</p></div>
        <div itemprop="comment" itemscope><span itemprop="author">potter2</span><p>The matt one.</p></div>
        """)
    #expect(found.byline?.text == "kiln_fan")
  }
}
