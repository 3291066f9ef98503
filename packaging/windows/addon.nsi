; The set-up program of an add-on, which brings what few stations use into addons\${ADDON} of Station.
; It stays there through upgrades of Station, and goes with it. See README.md.
!include "${HERE}/shared.nsh"

Name "${APP} ${VERSION}: ${ADDON}"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro Languages
!insertmacro Details "${APP} ${ADDON} set-up"

Function .onInit
  SetRegView 64
  ReadRegStr $INSTDIR HKLM "Software\${APP}" "InstallDir"
  ReadRegStr $1 HKLM "${UNINSTALL}" "DisplayVersion"
  ${If} $INSTDIR == ""
  ${OrIf} $1 != "${VERSION}"
    !insertmacro Refuse ${CODE_NO_STATION} "$(NoStation)"
  ${EndIf}
  ${IfNot} ${Silent}
    !insertmacro MUI_LANGDLL_DISPLAY
  ${EndIf}
FunctionEnd

Section "${ADDON}"
  !insertmacro RefuseWhileRunning "$INSTDIR"
  !insertmacro RefuseWithoutRoom

  StrCpy $4 "$INSTDIR\${ADDON}.new"
  RMDir /r "$4"
  ClearErrors
  !include "${FILES}"
  ${If} ${Errors}
    SetOutPath "$TEMP"
    RMDir /r "$4"
    !insertmacro Refuse ${CODE_NOT_WRITTEN} "$(NotWritten)"
  ${EndIf}

  SetOutPath "$TEMP"
  CreateDirectory "$INSTDIR\addons"
  RMDir /r "$INSTDIR\addons\${ADDON}"
  Rename "$4" "$INSTDIR\addons\${ADDON}"
SectionEnd
