; Puts "Check with Countersign" into the menu of ZIP files, beside whatever opens them: .zip itself is not taken over.
; "Single": with several files chosen there is no entry, because one bundle is checked at a time.

!define CHECK_KEY "Software\Classes\SystemFileAssociations\.zip\shell\Countersign.Check"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "${CHECK_KEY}" "" "Check with Countersign"
  WriteRegStr SHELL_CONTEXT "${CHECK_KEY}" "Icon" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
  WriteRegStr SHELL_CONTEXT "${CHECK_KEY}" "MultiSelectModel" "Single"
  WriteRegStr SHELL_CONTEXT "${CHECK_KEY}\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "${CHECK_KEY}"
!macroend
