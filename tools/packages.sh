# shellcheck shell=sh disable=SC2034
# What Longhand needs from the system, and how to get it. Sourced by tools/demo, tools/test and
# tools/pictures; the one place that names packages, and the way all three build.
#
# A row: how to see that it is there (is_here below knows the kinds) and the packages that bring it
# on Debian/Ubuntu, Fedora, Arch Linux and Homebrew ("-": nothing to install there). Only Debian 12
# is tried with every change; the other columns have not been tried.

# Building, tests included, and running.
build_needs='
command cc                   gcc              gcc              gcc        -
header  stdlib.h             libc6-dev        glibc-devel      glibc      -
command pkg-config           pkg-config       pkgconf-pkg-config pkgconf  pkgconf
command ninja                ninja-build      ninja-build      ninja      ninja
command meson                meson            meson            meson      meson
module  sdl2                 libsdl2-dev      SDL2-devel       sdl2       sdl2
module  xcb                  libxcb1-dev      libxcb-devel     libxcb     -
module  libxml-2.0           libxml2-dev      libxml2-devel    libxml2    libxml2
module  openblas             libopenblas-dev  openblas-devel   openblas   openblas
module  libarchive           libarchive-dev   libarchive-devel libarchive libarchive
module  zlib                 zlib1g-dev       zlib-devel       zlib       zlib
module  cairo                libcairo2-dev    cairo-devel      cairo      cairo
module  pangocairo           libpango1.0-dev  pango-devel      pango      pango
module  glib-2.0             libglib2.0-dev   glib2-devel      glib2      glib
module  libcjson             libcjson-dev     cjson-devel      cjson      cjson
module  cmocka               libcmocka-dev    libcmocka-devel  cmocka     cmocka
font    sans                 fonts-dejavu-core dejavu-sans-fonts ttf-dejavu -
'

# Running the tests on top of that. The sanitizers come with the compiler but on Fedora.
test_needs='
library asan                 gcc              libasan          gcc        -
library ubsan                gcc              libubsan         gcc        -
command xvfb-run             xvfb             xorg-x11-server-Xvfb xorg-server-xvfb -
command xauth                xauth            xorg-x11-xauth   xorg-xauth -
command openbox              openbox          openbox          openbox    -
command setxkbmap            x11-xkb-utils    setxkbmap        xorg-setxkbmap -
module  xtst                 libxtst-dev      libXtst-devel    libxtst    -
command rsvg-convert         librsvg2-bin     librsvg2-tools   librsvg    librsvg
command pdftoppm             poppler-utils    poppler-utils    poppler    poppler
python  numpy                python3-numpy    python3-numpy    python-numpy numpy
file    /usr/share/hershey-fonts/scripts.jhf hershey-fonts-data - - -
file    /usr/share/i18n/locales/de_DE locales glibc-locale-source glibc -
'

# Programs of others that draw or take what Longhand writes: tests with them are skipped where they
# are not to be had. Only where has_others says so.
other_needs='
command chromium             chromium         -                -          -
command chromedriver         chromium-driver  -                -          -
'

# Training on several machines, which is tested as well.
mpi_needs='
module  ompi-c               libopenmpi-dev   openmpi-devel    openmpi    open-mpi
command mpirun               openmpi-bin      openmpi          openmpi    open-mpi
'

# tools/fuzz.
fuzz_needs='
command clang                clang            clang            clang      -
clang   fuzzer               libclang-rt-14-dev compiler-rt    compiler-rt -
clang   omp.h                libomp-dev       libomp-devel     openmp     libomp
'

# The page for browsers: tools/web. Emscripten runs node with modules that it finds there.
web_needs='
command emcc                 emscripten       emscripten       emscripten emscripten
command node                 nodejs           nodejs           nodejs     node
file    /usr/share/nodejs/acorn node-acorn    -                -          -
'

# The README's pictures.
picture_needs='
command rsvg-convert         librsvg2-bin     librsvg2-tools   librsvg    librsvg
command pngquant             pngquant         pngquant         pngquant   pngquant
command img2webp             webp             libwebp-tools    libwebp    webp
command xvfb-run             xvfb             xorg-x11-server-Xvfb xorg-server-xvfb -
command xauth                xauth            xorg-x11-xauth   xorg-xauth -
'

meson_minimum=1.0

fail()
{
    echo "${0##*/}: $*" >&2
    exit 1
}

# Which package manager, as a column of the tables; 0 when none of the four is here.
package_column()
{
    if command -v apt-get >/dev/null; then echo 3
    elif command -v dnf >/dev/null; then echo 4
    elif command -v pacman >/dev/null; then echo 5
    elif command -v brew >/dev/null; then echo 6
    else echo 0
    fi
}

# Homebrew keeps some libraries out of the way of the system's; this shows them to pkg-config, and
# its OpenMP to the compiler.
use_homebrew()
{
    command -v brew >/dev/null && [ "$(uname)" = Darwin ] || return 0
    prefix=$(brew --prefix)
    for keg in libxml2 libarchive openblas; do
        PKG_CONFIG_PATH="$prefix/opt/$keg/lib/pkgconfig:${PKG_CONFIG_PATH-}"
    done
    CPPFLAGS="-I$prefix/opt/libomp/include ${CPPFLAGS-}"
    LDFLAGS="-L$prefix/opt/libomp/lib ${LDFLAGS-}"
    export PKG_CONFIG_PATH CPPFLAGS LDFLAGS
}

# Whether clang can build with its fuzzer, or finds a header of its OpenMP.
clang_has()
{
    case $1 in
    fuzzer) echo 'int LLVMFuzzerTestOneInput(const void *d, unsigned long n) { return !d && n; }' |
        clang -fsanitize=fuzzer -x c - -o /dev/null 2>/dev/null ;;
    *) echo "#include <$1>" | clang -E - >/dev/null 2>&1 ;;
    esac
}

# is_here KIND NAME
is_here()
{
    case $1 in
    command) command -v "$2" >/dev/null ;;
    module) pkg-config --exists "$2" 2>/dev/null ;;
    header) echo "#include <$2>" | cc -E - >/dev/null 2>&1 ;;
    library) echo 'int main(void) { return 0; }' | cc -x c - -o /dev/null "-l$2" 2>/dev/null ;;
    clang) clang_has "$2" ;;
    # The system's own Python as well: the first in the path may be another.
    python) python3 -c "import $2" 2>/dev/null || /usr/bin/python3 -c "import $2" 2>/dev/null ;;
    file) [ -e "$2" ] ;;
    font) [ "$(uname)" = Darwin ] || [ -n "$(fc-list ":family=DejaVu Sans" 2>/dev/null)" ] ;;
    esac
}

# Whether the system has packages of other_needs: Debian, where it has a chromium. (Ubuntu's package of
# that name is none.)
has_others()
{
    [ "$(package_column)" = 3 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null || return 1
    case $(dpkg --print-architecture) in
    amd64 | arm64 | armhf | i386) return 0 ;;
    *) return 1 ;;
    esac
}

# Prints the packages, one a line, that the rows of $1 ask for and that are not here.
missing_packages()
{
    column=$(package_column)
    echo "$1" | while read -r kind name debian fedora arch brew; do
        [ -n "$kind" ] || continue
        is_here "$kind" "$name" && continue
        case $column in
        3) echo "$debian" ;;
        4) echo "$fedora" ;;
        5) echo "$arch" ;;
        6) echo "$brew" ;;
        *) echo "$debian" ;;
        esac
    done | grep -vx -e - | sort -u
}

# Runs a line of shell as root: at once when we are, else after asking.
as_root()
{
    if [ "$(id -u)" = 0 ]; then
        sh -c "$1"
        return
    fi
    command -v sudo >/dev/null || fail "packages are missing, and there is no sudo. As root, run:
  $1"
    [ -t 0 ] || fail "packages are missing, and there is nobody to ask. Run this first:
  sudo sh -c '$1'"
    printf "About to run: sudo sh -c '%s'\nGo on? [Y/n] " "$1"
    read -r answer || answer=no
    case $answer in
    '' | [Yy]*) sudo sh -c "$1" ;;
    *) fail "nothing was installed" ;;
    esac
}

# Installs $missing, a list of packages.
install_packages()
{
    case $(package_column) in
    3) as_root "apt-get -q update && DEBIAN_FRONTEND=noninteractive \
apt-get -q -y --no-install-recommends install $missing" ;;
    4) as_root "dnf -y install $missing" ;;
    5) as_root "pacman -S --needed --noconfirm $missing" ;;
    6)
        # Word splitting takes the list apart.
        # shellcheck disable=SC2086
        brew install $missing libomp
        ;;
    *) fail "no apt-get, dnf, pacman or brew here: please install what Debian calls
  $missing" ;;
    esac
}

# Installs what is missing of the tables given as arguments; touches nothing when all is there.
need_packages()
{
    use_homebrew
    missing=$(missing_packages "$*" | tr '\n' ' ')
    if [ -n "$missing" ]; then
        echo "Not here yet: $missing"
        install_packages || fail "the packages could not be installed: $missing"
        missing=$(missing_packages "$*" | tr '\n' ' ')
        [ -z "$missing" ] || fail "installed, and still not to be found: $missing"
    fi
    need_meson
}

need_meson()
{
    version=$(meson --version)
    oldest=$(printf '%s\n%s\n' "$version" "$meson_minimum" | sort -V | head -n 1)
    [ "$oldest" = "$meson_minimum" ] || fail "meson $meson_minimum or newer is needed and this is \
$version; 'pipx install meson' or 'pip install --user meson' brings a new one"
}

# set_up_in FOLDER MESON-OPTIONS...: sets the folder up, the first time.
set_up_in()
{
    folder=$1
    shift
    [ -f "$folder/build.ninja" ] || meson setup "$folder" "$@" || fail "meson could not set up $folder"
}

# build_in FOLDER MESON-OPTIONS...: sets the folder up the first time, and builds all.
build_in()
{
    set_up_in "$@"
    ninja -C "$1" || fail "the build in $1 failed"
}
