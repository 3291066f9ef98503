; What the set-up programs of Station and of its add-ons share. Wants VERSION, SIZE_MB, HERE, OUT and
; COMPRESSION; lines is what order.py wrote.
Unicode true
Target amd64-unicode
!if "${COMPRESSION}" == "lzma"
  SetCompressor /SOLID lzma
  SetCompressorDictSize 128 ; MB; as much memory is needed to unpack
!else
  SetCompressor zlib
!endif
ManifestSupportedOS all
ManifestDPIAware true
RequestExecutionLevel admin
CRCCheck force

!define APP "Station"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"

!define CODE_OLD_WINDOWS 3
!define CODE_RUNNING 4
!define CODE_NEWER_HERE 5
!define CODE_NO_ROOM 6
!define CODE_NOT_WRITTEN 7
!define CODE_FOREIGN_FOLDER 8
!define CODE_NO_STATION 9

OutFile "${OUT}"
BrandingText " "

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh

!define MUI_ICON "${HERE}/station.ico"
!define MUI_UNICON "${HERE}/station.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${HERE}/side.bmp"
!define MUI_LANGDLL_REGISTRY_ROOT HKLM
!define MUI_LANGDLL_REGISTRY_KEY "Software\${APP}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"

!macro Details DESCRIPTION
  VIProductVersion "${VERSION}.0"
  VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductName" "${APP}"
  VIAddVersionKey /LANG=${LANG_ENGLISH} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG_ENGLISH} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${LANG_ENGLISH} "FileDescription" "${DESCRIPTION}"
  VIAddVersionKey /LANG=${LANG_ENGLISH} "LegalCopyright" "Apache-2.0"
!macroend

!macro Languages
  !insertmacro MUI_LANGUAGE "English"
  !insertmacro MUI_LANGUAGE "German"
  !insertmacro MUI_LANGUAGE "SimpChinese"
  !include "${HERE}/words.nsh"
!macroend

; Says a sentence, unless silent, and ends with that code; nothing was changed.
!macro Refuse CODE WORDS
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  Quit
!macroend

; A library that a process runs from cannot be opened for writing.
!macro RefuseWhileOpen FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $1 "${FILE}" a
    ${If} ${Errors}
      !insertmacro Refuse ${CODE_RUNNING} "$(Running)"
    ${EndIf}
    FileClose $1
  ${EndIf}
!macroend
!macro RefuseWhileRunning FOLDER
  !insertmacro RefuseWhileOpen "${FOLDER}\runtime\python311.dll"
  !insertmacro RefuseWhileOpen "${FOLDER}\_internal\python311.dll" ; of PyInstaller's payload
!macroend

!macro RefuseWithoutRoom
  StrCpy $1 $INSTDIR 3
  ${DriveSpace} "$1" "/D=F /S=M" $2
  IntOp $3 ${SIZE_MB} + 100
  ${If} $2 != ""
  ${AndIf} $2 < $3
    !insertmacro Refuse ${CODE_NO_ROOM} "$(NoRoom)"
  ${EndIf}
!macroend
