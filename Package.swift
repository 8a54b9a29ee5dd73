// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "winnow",
  products: [
    .executable(name: "winnow", targets: ["winnow-cli"]),
    .library(name: "Winnow", targets: ["Winnow"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CLibxml2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
    .target(name: "CText", dependencies: ["CICU"]),
    .target(name: "CEmbedded"),
    .target(name: "CForest"),
    .target(name: "Pages", dependencies: ["CLibxml2", "CText", "CEmbedded"]),
    .target(name: "Language", dependencies: ["CText", "CEmbedded"]),
    .target(
      name: "Rules",
      dependencies: ["Pages", "Language", "CEmbedded", .product(name: "Yams", package: "Yams")]),
    .target(name: "Content", dependencies: ["Pages", "Language", "Rules", "CEmbedded", "CForest"]),
    .executableTarget(name: "winnow-features", dependencies: ["Content", "Pages", "Rules"]),
    .target(name: "Cleaning", dependencies: ["Pages", "Language", "Rules", "Content"]),
    .target(name: "Briefs", dependencies: ["Pages", "Language", "Content", "Cleaning", "CEmbedded"]),
    .executableTarget(name: "winnow-sentences", dependencies: ["Pages", "Language", "Content", "Briefs"]),
    .target(name: "Reports", dependencies: ["Pages", "Language", "Rules", "Content", "Cleaning", "Briefs"]),
    .target(
      name: "Batch", dependencies: ["Pages", "CZlib", .product(name: "SystemPackage", package: "swift-system")]),
    .target(
      name: "Winnow",
      dependencies: [
        "Pages", "Language", "Rules", "Content", "Cleaning", "Briefs", "Reports", "Batch",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "winnow-cli",
      dependencies: [
        "Winnow", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(name: "LanguageTests", dependencies: ["Language"]),
    .testTarget(
      name: "RulesTests",
      dependencies: [
        "Rules", "Pages", "Language", .product(name: "Yams", package: "Yams"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(name: "ContentTests", dependencies: ["Content", "Pages", "Rules"]),
    .testTarget(name: "BriefsTests", dependencies: ["Pages", "Language", "Content", "Briefs"]),
    .testTarget(name: "CleaningTests", dependencies: ["Winnow"]),
    .testTarget(
      name: "BatchTests", dependencies: ["Batch", .product(name: "SystemPackage", package: "swift-system")]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Winnow", "winnow-cli", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "PagesTests", dependencies: ["Pages", .product(name: "SystemPackage", package: "swift-system")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
