import Pages
import Rules

/// What the head of a page, its address and its linked data say of the kind of page it is.
struct PageClues: Sendable {
  static let names: [String] = [
    "og article", "og product", "og website", "og video", "ld article", "ld product", "ld products", "ld thread",
    "ld list", "ld faq", "ld organisation", "ld howto", "ld body", "has price meta", "has publish time",
    "generator forum", "generator docs", "generator shop", "url known", "url thread", "url product", "url list",
    "url docs", "url news", "url depth", "url is root", "url length", "url has number", "url words", "feed links",
    "title words", "url service", "url question", "title asks", "title number", "has author", "times", "body single",
    "body archive", "body page", "body home", "body shop", "ld page", "ld breadcrumbs",
  ]
  private(set) var values: [Float] = []
  /// Text of the page that JSON-LD carries, with its references decoded no further than JSON's own escapes.
  private(set) var linkedText: [UInt8] = []
  private(set) var title = "", summary = ""
  /// Of the address, behind the host; and the classes of the `body`. In lower case.
  private(set) var path = "", bodyClasses = ""
  /// What the head and the JSON-LD call the page and its parts, in bytes, words apart.
  private(set) var calledTypes: [UInt8] = []

  init(_ page: ReadPage) {
    let head = page.blocks.head
    title = (head.meta("og:title") ?? "") + " " + (head.title ?? "")
    summary = head.meta("og:description") ?? head.meta("description") ?? ""
    let type = head.meta("og:type")?.lowercased() ?? ""
    var linked = LinkedClues()
    for script in head.jsonLD { linked.read(script) }
    linkedText = linked.text
    calledTypes = Array(type.utf8) + [0x20] + linked.types
    let generator = (head.meta("generator") ?? "").lowercased()
    let canonical = head.links.first { $0.rel == "canonical" }?.href
    let address = (page.url ?? canonical ?? head.meta("og:url") ?? "").lowercased()
    func flag(_ holds: Bool) -> Float { holds ? 1 : 0 }
    func any(_ text: String, _ words: [String]) -> Float { flag(words.contains { text.holds($0) }) }
    values = [
      any(type, ["article", "blog"]), any(type, ["product"]), any(type, ["website"]), any(type, ["video"]),
      flag(linked.articles > 0), flag(linked.products > 0), min(20, linked.products), flag(linked.threads > 0),
      flag(linked.lists > 0), flag(linked.questions > 0), flag(linked.organisations > 0), flag(linked.howtos > 0),
      flag(linked.text.count > 200),
      flag(head.metas.contains { $0.name.hasPrefix("product:price") || $0.name == "price" }),
      flag(head.metas.contains { $0.name == "article:published_time" || $0.name == "datepublished" }),
      any(generator, ["discourse", "vbulletin", "phpbb", "xenforo", "mybb", "invision", "flarum", "smf", "vanilla"]),
      any(generator, ["sphinx", "docusaurus", "mkdocs", "gitbook", "vuepress", "vitepress", "hugo", "doxygen"]),
      any(generator, ["woocommerce", "shopify", "magento", "prestashop", "bigcommerce"]),
    ]
    path = Self.path(of: address)
    values += Self.addressClues(address, path: path)
    values.append(Float(head.links.count { $0.rel == "alternate" && $0.href.holds("feed") }))
    values.append(Float(min(40, title.split(separator: " ").count)))
    let asking = ["what-", "how-", "why-", "best-", "top-", "guide", "-vs-", "tips", "ways-", "things-", "review"]
    values.append(any(address, ["service", "program", "pricing", "solution", "about", "contact", "careers", "events"]))
    values.append(any(address, asking))
    let words = title.lowercased()
    values.append(
      any(words, ["?", "what ", "how ", "why ", "best ", "top ", "guide", " vs", "tips", "ways ", "things "]))
    values.append(flag(words.utf8.contains { $0 &- 0x30 < 10 }))
    values.append(flag(["author", "article:author", "twitter:label1"].contains { head.meta($0) != nil }))
    let elements = page.blocks.elements
    values.append(Float(min(30, elements.tags.count { $0 == .time })))
    let body = elements.tags.firstIndex(of: .body)
    bodyClasses = body.flatMap { elements.string(.class, of: $0) }?.lowercased() ?? ""
    values.append(any(bodyClasses, ["single", "article", "post-template"]))
    values.append(any(bodyClasses, ["archive", "category", "collection", "listing", "search"]))
    values.append(any(bodyClasses, ["page-id", "page-template", "landing"]))
    values.append(any(bodyClasses, ["home", "front", "index"]))
    values.append(any(bodyClasses, ["product", "woocommerce", "shop"]))
    values.append(flag(linked.pages > 0))
    values.append(flag(linked.breadcrumbs > 0))
  }

  private static func path(of address: String) -> String {
    let utf8 = Array(address.utf8)
    var start = 0
    if let colon = utf8.firstIndex(of: 0x3A), utf8[colon...].starts(with: Array("://".utf8)) {
      start = utf8[(colon + 3)...].firstIndex(of: 0x2F) ?? utf8.count
    }
    return String(decoding: utf8[start...].prefix { $0 != 0x3F && $0 != 0x23 }, as: UTF8.self)
  }

  private static func addressClues(_ address: String, path: String) -> [Float] {
    func any(_ text: String, _ words: [String]) -> Float { words.contains { text.holds($0) } ? 1 : 0 }
    let pieces = path.split(separator: "/")
    let last = pieces.last ?? ""
    return [
      address.isEmpty ? 0 : 1,
      any(address, ["forum", "thread", "topic", "/t/", "discussion", "community", "question", "comments/", "/r/"]),
      any(path, ["/product", "/p/", "/dp/", "/item", "/itm/", "/app/"]),
      any(
        path,
        ["/collection", "/categor", "/c/", "/shop", "/browse", "/tag/", "/list", "/search", "/topics", "/archive"]),
      any(
        address,
        [
          "docs.", "/docs", "/doc/", "documentation", "/api", "/guide", "/reference", "/wiki", "/manual", "/learn",
          "developer",
        ]),
      any(address, ["blog", "news", "article", "/20", "story", "post"]),
      Float(pieces.count), path.isEmpty || path == "/" ? 1 : 0, Float(min(200, path.utf8.count)),
      last.utf8.contains { $0 &- 0x30 < 10 } ? 1 : 0, Float(last.utf8.count { $0 == 0x2D || $0 == 0x5F }),
    ]
  }
}

/// Skims JSON-LD for the types it names and the text it carries, without parsing it: pages hold
/// hundreds of kilobytes of it, and broken JSON speaks as well as good.
struct LinkedClues {
  private(set) var articles: Float = 0, products: Float = 0, threads: Float = 0, lists: Float = 0
  private(set) var questions: Float = 0, organisations: Float = 0, howtos: Float = 0
  private(set) var pages: Float = 0, breadcrumbs: Float = 0
  private(set) var text: [UInt8] = []
  /// All that `@type` names, a space behind each.
  private(set) var types: [UInt8] = []

  mutating func read(_ script: String) {
    var script = script
    script.withUTF8 { read($0) }
  }

  private mutating func read(_ json: UnsafeBufferPointer<UInt8>) {
    var scan = JSONStrings(json)
    while let key = scan.next() {
      guard scan.accept(0x3A) else { continue }
      if key.elementsEqual("@type".utf8) {
        scan.eachText { note($0) }
      } else if key.elementsEqual("articleBody".utf8) || key.elementsEqual("description".utf8)
        || key.elementsEqual("text".utf8)
      {
        guard let value = scan.text(), text.count < 1 << 16 else { continue }
        text.append(0x20)
        text.append(contentsOf: value)
      }
    }
  }

  private mutating func note(_ type: Slice<UnsafeBufferPointer<UInt8>>) {
    types += type
    types.append(0x20)
    let type = String(decoding: type, as: UTF8.self)
    switch type {
    case "Product", "ProductGroup", "IndividualProduct", "VideoGame", "SoftwareApplication": products += 1
    case "DiscussionForumPosting", "QAPage", "SocialMediaPosting": threads += 1
    case "ItemList", "CollectionPage", "OfferCatalog", "Blog": lists += 1
    case "FAQPage", "Question": questions += 1
    case "TechArticle", "HowTo", "APIReference": howtos += 1
    case "WebPage": pages += 1
    case "BreadcrumbList": breadcrumbs += 1
    case "LocalBusiness", "Service", "ProfessionalService", "MedicalBusiness": organisations += 1
    default: if type.hasSuffix("Article") || type.hasSuffix("Posting") || type == "Recipe" { articles += 1 }
    }
  }
}
