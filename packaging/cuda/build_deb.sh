#!/bin/sh
# Makes dist/station-cuda_<version>_amd64.deb: an add-on of more than a gigabyte, never part of the
# default installer.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/cuda
python=${PYTHON:-python3}
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' station/__init__.py)
out=${OUT:-dist}
root=build/cuda
packages=$root/usr/lib/station/addons/cuda/packages
notices=$root/usr/share/doc/station-cuda
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

say() { printf '── %s ──\n' "$1"; }

say "the CUDA add-on of station $version: its packages, a gigabyte and a half"
rm -rf "$root"
mkdir -p "$packages" "$notices/licences" "$root/DEBIAN"
[ -x build/tools/bin/python ] || "$python" -m venv build/tools
sh packaging/pip.sh install --no-deps --no-compile --only-binary=:all: \
    --python-version 3.11 --implementation cp --platform manylinux_2_28_x86_64 \
    --platform manylinux_2_27_x86_64 --platform manylinux2014_x86_64 \
    --target "$packages" -r $here/requirements.txt

say 'without what only programmers need'
find "$packages" -type d \( -name include -o -name transformers -o -name tools -o -name datasets \) \
    -prune -exec rm -rf {} +
find "$packages" -name '*tensorrt*' -delete
for info in "$packages"/*.dist-info; do
    name=$(basename "$info" .dist-info)
    mkdir "$notices/licences/$name"
    find "$info" -iname '*licen*' -type f -exec cp {} "$notices/licences/$name/" \;
done
cp "$packages/onnxruntime/LICENSE" "$packages/onnxruntime/ThirdPartyNotices.txt" \
    "$notices/licences"/onnxruntime_gpu-*/
cp $here/copyright "$notices/"
build/tools/bin/python -m compileall -q -s "$root" "$packages"

say 'the package'
size=$(du -sk --exclude=DEBIAN "$root" | cut -f1)
sed -e "s|@VERSION@|$version|" -e "s|@SIZE@|$size|" $here/control.in >"$root/DEBIAN/control"
find "$root" -type d -exec chmod 755 {} +
find "$root/usr" -type f -exec chmod 644 {} +
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
mkdir -p "$out"
deb=$out/station-cuda_${version}_amd64.deb
dpkg-deb --root-owner-group -Zzstd -z${LEVEL:-10} --build "$root" "$deb" >/dev/null
du -m "$deb"
