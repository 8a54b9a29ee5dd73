import Language

/// What a word says about the text it stands in, whatever the topic.
struct WordSense: OptionSet, Sendable {
  let rawValue: UInt16
  /// A word without meaning of its own, frequent in running text.
  static let stop = WordSense(rawValue: 1 << 0)
  /// Asks the reader to do something with the site.
  static let action = WordSense(rawValue: 1 << 1)
  /// Heads a list of other pages.
  static let related = WordSense(rawValue: 1 << 2)
  static let network = WordSense(rawValue: 1 << 3)
  static let month = WordSense(rawValue: 1 << 4)
  static let legal = WordSense(rawValue: 1 << 5)
  static let forum = WordSense(rawValue: 1 << 6)
  static let shop = WordSense(rawValue: 1 << 7)
  static let ago = WordSense(rawValue: 1 << 8)
  static let currency = WordSense(rawValue: 1 << 9)
  /// Of consent banners and privacy notices.
  static let consent = WordSense(rawValue: 1 << 10)
  /// Who speaks, and to whom: a company of itself, a text to its reader, a person of persons.
  static let we = WordSense(rawValue: 1 << 11)
  static let you = WordSense(rawValue: 1 << 12)
  static let person = WordSense(rawValue: 1 << 13)
  /// Of what a firm or an institution offers.
  static let service = WordSense(rawValue: 1 << 14)
  /// Of manuals and reference pages.
  static let manual = WordSense(rawValue: 1 << 15)
}

/// Looks words up by the hash that `TextMeasures` computes while it reads them.
///
/// Its tables live as long as the process and never change after `init`: pointers to them cost no
/// counting of references where every word of every page asks.
struct Lexicon: @unchecked Sendable {
  static let shared = Lexicon()
  private let keys = UnsafeMutablePointer<UInt64>.allocate(capacity: 4096)
  private let senses = UnsafeMutablePointer<WordSense>.allocate(capacity: 4096)

  private init() {
    keys.initialize(repeating: 0, count: 4096)
    senses.initialize(repeating: [], count: 4096)
    for (sense, words) in Self.words {
      for word in words.split(whereSeparator: \.isWhitespace) { add(WordHash.of(word.utf8), sense) }
    }
  }
  private func add(_ key: UInt64, _ sense: WordSense) {
    var slot = Int(key & 4095)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & 4095 }
    keys[slot] = key
    senses[slot].insert(sense)
  }
  @inline(__always)
  func sense(_ key: UInt64) -> WordSense {
    var slot = Int(key & 4095)
    while keys[slot] != 0 {
      if keys[slot] == key { return senses[slot] }
      slot = (slot + 1) & 4095
    }
    return []
  }

  private static let words: [(WordSense, String)] = [
    (
      .stop,
      """
      the of and a to in is you that it he was for on are as with his they i at be this have from or had by not but
      what all were we when your can said there an each which she do how their if will up other about out many then
      them these so some her would him into has more two no way could my than been who its now did down
      le la les de des du et un une en que qui pour dans est sur pas au plus par ce il ne se avec sont son sa ou mais
      el los las y una por con para es del lo su al como más pero sus este esta
      der die das und ist von zu den mit sich dem auf für nicht ein eine als auch werden aus er hat dass sie nach wird
      bei einer um am sind noch wie einem über einen so zum haben nur oder aber vor zur bis mehr durch
      di e che per non si da della con sono i gli nel dei più anche come alla ha
      o os que e não uma com do da em um dos na no para se por mais ao foi
      het een van dat op te voor niet zijn met aan er ook bij door maar
      och att det som är på av inte den till har för med om ett
      og at er en til af ikke med der på som de
      i w na nie się z do że jest to jak o przez dla po od oraz są
      a je se v s jako pro ale které by jsou
      ve bir bu için da de ile olarak çok daha ne gibi
      і в на що не з та до у як за це від для и с по как это из от его был о
      yang dan di ini untuk dengan dari dalam tidak akan pada itu ke juga
      και το να του η της με για από την που στο
      """
    ),
    (
      .action,
      """
      subscribe newsletter sign signup login log register registration join share follow click menu search skip
      loading previous next back download submit email enter password account profile notify notifications
      toggle close open expand collapse print advertisement advertise sponsored ad ads contact careers jobs sitemap
      unsubscribe browser javascript enable cookies cookie accept settings preferences consent filter sort results
      abonnieren anmelden registrieren teilen suche suchen menü weiter zurück kontakt impressum werbung anzeige
      drucken newsletter einloggen datenschutz konto einstellungen schließen merken mehr lesen
      abonnez abonner inscription connexion partager recherche rechercher suivant précédent contactez publicité
      imprimer suivre connecter mentions compte lire
      suscríbete suscribirse suscribir iniciar sesión registrarse compartir buscar siguiente anterior contacto
      publicidad imprimir seguir leer regístrate
      iscriviti accedi registrati condividi cerca successivo precedente contatti pubblicità stampa seguici leggi
      assine entrar cadastre compartilhar buscar próximo contato publicidade siga leia
      abonneren inloggen aanmelden delen zoeken volgende vorige reclame lees
      prenumerera logga dela sök nästa föregående annons läs
      zaloguj zarejestruj udostępnij szukaj następny poprzedni reklama kontakt czytaj zapisz
      přihlásit sdílet hledat další předchozí reklama
      giriş üye paylaş ara reklam abone
      підписатися увійти поділитися пошук реклама читайте підписатись підпишіться
      подписаться войти поделиться поиск реклама читайте регистрация вход
      masuk daftar bagikan cari iklan baca berlangganan
      """
    ),
    (
      .related,
      """
      related recommended popular trending latest recent more also similar read comments comment tags tagged
      categories category archives archive stories posts articles news topics editors picks most viewed
      recommendations suggested featured discover explore sections author authors
      ähnliche verwandte beliebt beliebte neueste aktuelle weitere auch themen schlagwörter kommentare kommentar
      kategorien meistgelesen artikel beiträge
      articles similaires populaires récents lire aussi commentaires commentaire catégories étiquettes
      relacionados relacionadas recomendados populares recientes también comentarios categorías etiquetas noticias
      correlati articoli commenti categorie ultimi leggi anche
      relacionadas leia também comentários
      gerelateerde populair reacties lees ook
      relaterade kommentarer
      powiązane komentarze kategorie tagi zobacz także polecane
      související komentáře štítky
      ilgili yorumlar haberler
      коментарі схожі новини також теги
      комментарии похожие новости также
      terkait komentar terpopuler berita
      """
    ),
    (
      .network,
      """
      facebook twitter instagram pinterest linkedin whatsapp telegram youtube tiktok reddit tumblr vk viber
      flipboard mastodon bluesky threads xing messenger rss snapchat weibo line pocket
      """
    ),
    (
      .month,
      """
      january february march april may june july august september october november december jan feb mar apr jun jul
      aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février mars avril juin
      juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre
      octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro
      fevereiro março maio junho julho setembro outubro dezembro januari februari maart mei augustus stycznia lutego
      marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia января февраля марта апреля
      мая июня июля августа сентября октября ноября декабря січня лютого березня квітня травня червня липня серпня
      вересня жовтня листопада грудня ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
      monday tuesday wednesday thursday friday saturday sunday today yesterday
      """
    ),
    (.ago, "ago vor il hace fa geleden sedan temu назад тому lalu önce há updated published posted aktualisiert"),
    (
      .legal,
      """
      copyright © rights reserved terms privacy policy trademark trademarks licensed license disclaimer gdpr imprint
      rechte vorbehalten datenschutz agb droits réservés confidentialité derechos reservados privacidad diritti
      riservati direitos voorwaarden prawa zastrzeżone полити права защищены захищені inc llc ltd gmbh
      """
    ),
    (
      .forum,
      """
      reply replies replied posted joined posts member members quote quoted likes like liked thread threads views
      view report permalink vote votes upvote downvote answer answers answered asked moderator admin guest user
      reputation points karma rank solved topic topics edited originally wrote
      antworten beitrag beiträge zitat mitglied thema répondre réponses citer membre responder respuestas miembro
      rispondi messaggi cytuj odpowiedz ответить цитата сообщений сообщения
      """
    ),
    (
      .shop,
      """
      price cart add buy stock shipping delivery sku qty quantity sale wishlist checkout order orders review reviews
      rating stars star compare basket bag size color colour returns warranty free discount off save product
      products item items warenkorb preis lieferung versand kaufen panier prix livraison acheter carrito precio
      comprar envío carrello prezzo carrinho preço koszyk cena корзина купить цена купити ціна sepet fiyat
      """
    ),
    (
      .consent,
      """
      cookie cookies consent vendors vendor partners personalised personalized legitimate gdpr ccpa privacy preferences
      identifiers processing purposes advertising profiles einwilligung datenschutz cookies-einstellungen zustimmen
      consentement accepter confidentialité consentimiento aceptar privacidad consenso accettare zgoda cookie-uri
      """
    ),
    (
      .we,
      "we our us ours we're we've we'll wir unser unsere unseren nous notre nos nosotros nuestro nuestra noi nostro"
    ),
    (.you, "you your yours you're you'll sie ihr ihre ihren vous votre vos usted su voi vostro você seu"),
    (
      .person,
      "i me my mine i'm i've he she his her him they their said says told ich mir mein er seine je mon il elle yo mi él ella io"
    ),
    (
      .service,
      """
      service services solutions solution clients client customers customer team consulting consultation appointment
      quote schedule book call free expert experts professional professionals company business companies certified
      program programs students enroll apply tuition insurance care licensed industry support pricing plans plan demo
      leistungen kunden unternehmen beratung entreprise clientes servicios empresa servizi
      """
    ),
    (
      .manual,
      """
      api function functions parameter parameters returns return default example examples install command syntax
      configuration configure method methods class object string type types value values version note deprecated
      documentation docs reference guide tutorial attribute attributes module file files error
      """
    ),
    (.currency, "usd eur gbp aud cad chf sek nok dkk pln czk руб грн kr zł inr jpy rs lei"),
  ]
}

/// Hashes of lower-cased words.
enum WordHash {
  /// Spreads the high bits to the low ones, which choose a slot, and avoids 0, the mark of a free one.
  @inline(__always)
  static func finish(_ hash: UInt64) -> UInt64 { (hash ^ (hash >> 29)) | 1 << 63 }

  static func of(_ word: some Sequence<UInt8>) -> UInt64 { finish(TextHash.of(word)) }
}

/// Words of one text, looked up by hash: the title's, say. Holds the first 64 different ones with an index each.
struct WordSet: Sendable {
  private(set) var count = 0
  private var keys: [UInt64]
  private var indices: [UInt8]
  private let mask: Int

  /// `capacity`: at most this many different words are kept.
  init(_ text: some Collection<UInt8>, capacity: Int = 64) {
    var size = 16
    // A word takes two bytes with what parts it from the next.
    while size < min(capacity, text.count / 2 + 1) * 2 { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    indices = [UInt8](repeating: 0, count: size)
    Self.forEachWord(text) { insert($0, capacity) }
  }
  /// Calls `body` with the hash of each word.
  static func forEachWord(_ text: some Sequence<UInt8>, _ body: (UInt64) -> Void) {
    var hash = TextHash.start
    var length = 0
    for byte in text {
      if isWord(byte) {
        hash = TextHash.add(byte &- 0x41 < 26 ? byte | 0x20 : byte, to: hash)
        length += 1
      } else {
        if length > 0 { body(WordHash.finish(hash)) }
        hash = TextHash.start
        length = 0
      }
    }
    if length > 0 { body(WordHash.finish(hash)) }
  }
  private mutating func insert(_ key: UInt64, _ capacity: Int) {
    guard count < capacity else { return }
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    indices[slot] = UInt8(min(63, count))
    count += 1
  }
  /// Calls `body` with a view of the set that costs no counting of references; valid in the call only.
  func withView<R>(_ body: (View) -> R) -> R {
    keys.withUnsafeBufferPointer { keys in
      indices.withUnsafeBufferPointer { indices in
        body(View(count: count, keys: keys.baseAddress!, indices: indices.baseAddress!, mask: mask))
      }
    }
  }

  struct View {
    let count: Int
    fileprivate let keys: UnsafePointer<UInt64>
    fileprivate let indices: UnsafePointer<UInt8>
    fileprivate let mask: Int

    /// The index of a word, -1 where it is none of the set's.
    @inline(__always)
    func index(of key: UInt64) -> Int {
      guard count > 0 else { return -1 }
      var slot = Int(truncatingIfNeeded: key) & mask
      while keys[slot] != 0 {
        if keys[slot] == key { return Int(indices[slot]) }
        slot = (slot + 1) & mask
      }
      return -1
    }
  }

  /// Letters and digits; of what lies beyond ASCII everything but the marks that `TextMeasures` treats itself.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (byte >= 0x80 && byte != 0xC2 && byte != 0xE2)
  }
}
