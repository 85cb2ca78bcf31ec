import Archives
import Examiner
import Foundation

/// The archive that Gradescope takes as an autograder: `setup.sh`, `run_autograder`, and the kit.
/// - Parameter swift: the version of the toolchain, `6.3.1`.
/// - Throws: where the kit cannot be read.
public func gradescopeArchive(_ kit: Kit, swift: String, _ options: ExportOptions) throws -> Data {
  var files = [
    ZipArchive.File("setup.sh", Array(gradescopeSetup(swift: swift).utf8), isExecutable: true),
    ZipArchive.File("run_autograder", Array(gradescopeRun(options).utf8), isExecutable: true),
  ]
  if let marks = options.marks { files.append(ZipArchive.File("marks.json", Array(marks))) }
  return Data(ZipArchive.bytes(of: files + (try kitFiles(kit))))
}

/// Installs what the kit needs and builds it, once, when the autograder's image is made.
func gradescopeSetup(swift: String) -> String {
  let minor = swift.split(separator: ".").prefix(2).joined(separator: ".")
  return #"""
    #!/usr/bin/env bash
    # Gradescope runs this once, when it makes the autograder's image. AUTOGRADER_ROOT is for trying it elsewhere.
    set -euo pipefail
    root="${AUTOGRADER_ROOT:-/autograder}"
    version="\#(swift)"
    export PATH="$root/swift/usr/bin:$PATH"

    if ! swift --version 2>/dev/null | grep -q "Swift version \#(minor)"; then
      . /etc/os-release
      [ "$ID" = ubuntu ] || { echo "Choose a base image of Ubuntu: there is no toolchain for $ID here." >&2; exit 1; }
      apt-get update
      DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        binutils ca-certificates curl git gnupg libc6-dev libcurl4-openssl-dev libedit2 libpython3-dev libsqlite3-0 \
        libxml2-dev libz3-dev pkg-config tzdata unzip zlib1g-dev g++
      arch="$(uname -m)"
      suffix=""; [ "$arch" = x86_64 ] || suffix="-$arch"
      name="swift-$version-RELEASE-ubuntu$VERSION_ID$suffix"
      url="https://download.swift.org/swift-$version-release/ubuntu${VERSION_ID//./}$suffix/swift-$version-RELEASE/$name.tar.gz"
      work="$(mktemp -d)"
      curl -fsSL "$url" -o "$work/swift.tar.gz"
      curl -fsSL "$url.sig" -o "$work/swift.tar.gz.sig"
      curl -fsSL https://www.swift.org/keys/all-keys.asc | gpg --import -
      gpg --batch --verify "$work/swift.tar.gz.sig" "$work/swift.tar.gz"
      mkdir -p "$root/swift"
      tar -xzf "$work/swift.tar.gz" -C "$root/swift" --strip-components 1
      rm -rf "$work"
    fi

    cd "$root/source/gradus"
    swift build --product gradus
    # The answers are the kit's own: nobody else has to read them.
    chmod -R go-rwx "$root/source/gradus/Solutions" "$root/source/gradus/Sources/Answers"

    """#
}

/// Grades what one student handed in.
func gradescopeRun(_ options: ExportOptions) -> String {
  let arguments = options.arguments(marksFile: "\"$root/source/marks.json\"")
  return #"""
    #!/usr/bin/env bash
    # Gradescope runs this for every submission. What it prints is seen by instructors only.
    set -euo pipefail
    root="${AUTOGRADER_ROOT:-/autograder}"
    export PATH="$root/swift/usr/bin:$PATH"
    work="$(mktemp -d)"
    trap 'rm -rf "$work"' EXIT
    mkdir -p "$root/results" "$work/class"
    # Links are copied as links, and the grader reads none of them.
    cp -RP "$root/submission" "$work/class/submission"
    "$root/source/gradus/.build/debug/gradus" grade "$work/class" --out "$work/results" --jobs 1 \
      \#(arguments)
    cp "$work/results/submission/results.json" "$root/results/results.json"

    """#
}
