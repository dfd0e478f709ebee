#!/bin/sh
# What is linked into a program, as SPDX 2.3 JSON: the Debian packages of its libraries, with
# version and architecture, as dpkg knows them.
# usage: sbom.sh PROGRAM VERSION
set -eu
program=$1
version=$2
digest=$(sha256sum "$program" | cut -d' ' -f1)
# The same program gives the same text: the time is that of the source (SOURCE_DATE_EPOCH), not of the call.
created=$(date -u -d "@${SOURCE_DATE_EPOCH:-0}" +%Y-%m-%dT%H:%M:%SZ)

# Package and version of every library, one a line; /lib and /usr/lib are the same folder on Debian.
libraries() {
    ldd "$program" | sed -n 's|.* => \(/[^ ]*\) .*|\1|p; s|^[[:space:]]*\(/[^ ]*\) .*|\1|p' |
        while read -r file; do
            real=$(readlink -f "$file")
            owner=$(dpkg-query -S "$real" 2>/dev/null || dpkg-query -S "${real#/usr}" 2>/dev/null ||
                printf 'NONE: %s\n' "$real")
            printf '%s\n' "${owner%%: *}"
        done | sort -u | while read -r owner; do
        if [ "$owner" = NONE ]; then
            printf 'sbom: no package holds a library of %s\n' "$program" >&2
            exit 1
        fi
        dpkg-query -W -f='${Package} ${Version} ${Architecture} ${source:Package}\n' "$owner"
    done
}

rows=$(libraries)
cat <<END
{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "yinma-$version",
  "documentNamespace": "https://yinma.invalid/spdx/yinma-$version-$digest",
  "creationInfo": {"created": "$created", "creators": ["Tool: yinma-sbom"]},
  "documentDescribes": ["SPDXRef-yinma"],
  "packages": [
    {"SPDXID": "SPDXRef-yinma", "name": "yinma", "versionInfo": "$version",
     "downloadLocation": "NOASSERTION", "filesAnalyzed": false, "licenseConcluded": "Apache-2.0",
     "licenseDeclared": "Apache-2.0", "copyrightText": "NOASSERTION",
     "checksums": [{"algorithm": "SHA256", "checksumValue": "$digest"}]}
END
printf '%s\n' "$rows" | while read -r name number architecture source; do
    cat <<END
    ,{"SPDXID": "SPDXRef-Package-$(printf %s "$name" | tr '+_' '..')", "name": "$name", "versionInfo": "$number",
     "supplier": "Organization: Debian", "downloadLocation": "NOASSERTION", "filesAnalyzed": false,
     "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
     "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
       "referenceLocator": "pkg:deb/debian/$name@$(printf %s "$number" | sed 's/+/%2B/g; s/:/%3A/g')?arch=$architecture&distro=debian"}],
     "sourceInfo": "built from the Debian source package $source"}
END
done
printf '  ],\n  "relationships": [\n    {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-yinma"}\n'
printf '%s\n' "$rows" | while read -r name rest; do
    printf '    ,{"spdxElementId": "SPDXRef-yinma", "relationshipType": "DYNAMIC_LINK", "relatedSpdxElement": "SPDXRef-Package-%s"}\n' \
        "$(printf %s "$name" | tr '+_' '..')"
done
printf '  ]\n}\n'
