#!/bin/sh
# Makes dist/station_<version>_amd64.deb of build/station and build/notices, which bundle.sh built.
#
# COMPRESSION=zstd is quicker and larger by half; xz -9 sees that two models share their backbone.
# VERSION= gives another number (for the test of upgrades).
set -eu
cd "$(dirname "$0")/../.."
here=packaging/linux
version=${VERSION:-$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' station/__init__.py)}
compression=${COMPRESSION:-xz}
out=${OUT:-dist}
root=build/deb
program=$root/usr/lib/station
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH="$epoch"

say() { printf '── %s ──\n' "$1"; }
filled() { sed -e "s|@VERSION@|$version|g" -e "s|@DATE@|$(date -u -d "@$epoch" +%Y-%m-%d)|g" "$1"; }

say "the tree of station $version"
rm -rf "$root"
install -d "$root/DEBIAN" "$root/usr/lib" "$root/usr/share/doc/station"
cp -a build/station "$program"
install -D -m 755 $here/station.sh "$root/usr/bin/station"
install -D -m 644 $here/station.conf "$root/etc/station/station.conf"
install -D -m 644 $here/station.desktop "$root/usr/share/applications/station.desktop"
install -D -m 644 $here/station-kiosk.service "$root/usr/lib/systemd/user/station-kiosk.service"
install -D -m 644 packaging/60-station-usb3vision.rules \
    "$root/usr/lib/udev/rules.d/60-station-usb3vision.rules"
install -D -m 644 packaging/60-station-gige.conf "$root/usr/lib/sysctl.d/60-station-gige.conf"
install -D -m 644 resources/icons/station.svg \
    "$root/usr/share/icons/hicolor/scalable/apps/station.svg"
install -D -m 644 resources/icons/station.png \
    "$root/usr/share/icons/hicolor/256x256/apps/station.png"
install -d "$root/usr/share/man/man1"
filled $here/station.1.in | gzip -9n >"$root/usr/share/man/man1/station.1.gz"
install -D -m 644 $here/debian/lintian-overrides "$root/usr/share/lintian/overrides/station"
cp $here/debian/copyright build/notices/THIRD-PARTY.txt build/notices/SOURCES.txt \
    "$root/usr/share/doc/station/"
ln -s ../../../lib/station/_internal/station/_resources/notices "$root/usr/share/doc/station/notices"
printf 'station (%s) stable; urgency=medium\n\n  * See the release notes of the program.\n\n -- %s  %s\n' \
    "$version" "$(sed -n 's/^Maintainer: //p' $here/debian/control.in)" \
    "$(date -u -R -d "@$epoch")" | gzip -9n >"$root/usr/share/doc/station/changelog.gz"

say 'what it depends on'
# Only what the system brings: what the bundle brings is found in its own folders.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/debian"
printf 'Source: station\n\nPackage: station\nArchitecture: amd64\n' >"$scratch/debian/control"
tree=$(pwd)/$program
interpreter=$(basename "$(find "$tree" -name 'libpython*.so*')" | sed 's/\.so.*//')
find "$tree" -type d -printf '-l%p\n' >"$scratch/folders"
find "$tree" -type f \( -name '*.so*' -o -name station \) -printf '-e%p\n' >"$scratch/files"
depends=$(cd "$scratch"
    # shellcheck disable=SC2046 - no path of ours has a space
    dpkg-shlibdeps --ignore-missing-info "-x$interpreter" -O $(cat folders) $(cat files) 2>shlibs.log |
        sed -n 's/^shlibs:Depends=//p')
[ -n "$depends" ] || { tail -5 "$scratch/shlibs.log" >&2; exit 1; }

say 'the package'
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
filled $here/debian/control.in | sed -e "s|@SIZE@|$size|" -e "s|@DEPENDS@|$depends|" \
    >"$root/DEBIAN/control"
for script in postinst prerm postrm; do
    install -m 755 "$here/debian/$script" "$root/DEBIAN/$script"
done
echo /etc/station/station.conf >"$root/DEBIAN/conffiles"
find "$root" -type d -exec chmod 755 {} +
find "$root/usr/share" "$program/_internal" -type f -exec chmod 644 {} +
(cd "$root" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' |
    sort -z | xargs -0 md5sum >DEBIAN/md5sums)
mkdir -p "$out"
deb=$out/station_${version}_amd64.deb
level=9
[ "$compression" = xz ] || level=10
dpkg-deb --root-owner-group -Z"$compression" -z$level --build "$root" "$deb" >/dev/null
du -m "$deb"
