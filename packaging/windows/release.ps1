# The release on a real Windows machine: NOT PROVEN HERE, written after the documents of its parts.
# Takes the payload that `PYTHON_EMBED=python-3.11.9-embed-amd64.zip make package-windows` built on
# Linux (build/windows/payload) and that `make test-package` proved; signs, packs, signs, describes.
# -Payload may also name PyInstaller's folder of packaging/app.spec, run here: set-up and removal know
# its layout, but nobody has looked which C++ runtime it holds.
# Needs NSIS 3.08+, Python 3, signtool of the Windows SDK, winget, a code-signing certificate.
#   powershell -File packaging\windows\release.ps1 -Thumbprint <of the certificate> `
#       -Publisher <name in WinGet> -Url <where the set-up program will lie>
param(
    [Parameter(Mandatory = $true)][string]$Thumbprint,
    [Parameter(Mandatory = $true)][string]$Publisher,
    [Parameter(Mandatory = $true)][string]$Url,
    [string]$Payload = "build\windows\payload",
    [string]$TimeServer = "http://timestamp.digicert.com"
)
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$version = [regex]::Match((Get-Content station\__init__.py -Raw), '__version__ = "(.+)"').Groups[1].Value

function Invoke-Checked { param([string]$Program, [string[]]$Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}
function Add-Signature { param([string[]]$Files)
    Invoke-Checked signtool (@("sign", "/sha1", $Thumbprint, "/fd", "sha256", "/tr", $TimeServer, "/td", "sha256") + $Files)
}

function New-SetUp { param([string]$Script, [string]$From, [string]$Out, [string[]]$Defines)
    $size = [int]((Get-ChildItem $From -Recurse -File | Measure-Object Length -Sum).Sum / 1MB)
    Invoke-Checked py @("packaging\windows\order.py", $From, "build\files.nsh")
    Invoke-Checked makensis (@("-V2", "-NOCD", "-DVERSION=$version", "-DSIZE_MB=$size",
        "-DFILES=build/files.nsh", "-DHERE=packaging/windows", "-DCOMPRESSION=lzma", "-DOUT=$Out") + $Defines + $Script)
    Add-Signature @($Out)
}

# 1. our own programs, signed, in set-up, signed; and the add-on, where its payload is there
Add-Signature @("$Payload\station.exe", "$Payload\stationw.exe")
New-SetUp "packaging\windows\station.nsi" $Payload "dist\station-$version-win64-setup.exe" @()
if (Test-Path "$Payload-extras") {
    New-SetUp "packaging\windows\addon.nsi" "$Payload-extras" "dist\station-$version-win64-extras.exe" @("-DADDON=extras")
}

# 2. what is installed works
Invoke-Checked "dist\station-$version-win64-setup.exe" @("/S")
Invoke-Checked "$env:ProgramFiles\Station\station.exe" @("check", "--json")

# 3. the manifests of WinGet
$gaps = @{ "@VERSION@" = $version; "@PUBLISHER@" = $Publisher; "@URL@" = $Url
    "@SHA256@" = (Get-FileHash "dist\station-$version-win64-setup.exe" -Algorithm SHA256).Hash }
New-Item -ItemType Directory -Force "dist\winget" | Out-Null
foreach ($file in Get-ChildItem packaging\windows\winget\*.in) {
    $text = Get-Content $file -Raw
    foreach ($gap in $gaps.Keys) { $text = $text.Replace($gap, $gaps[$gap]) }
    $name = "$Publisher.Station" + $(if ($file.Name -eq "version.yaml.in") { ".yaml" } else { "." + $file.BaseName })
    Set-Content "dist\winget\$name" $text -Encoding utf8
}
Invoke-Checked winget @("validate", "dist\winget")
