<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>Clue</name>
        <message>
            <source>Good classes, of {classes}</source>
            <translation>Gute Klassen, von {classes}</translation>
        </message>
        <message>
            <source>Import it so?</source>
            <translation>So importieren?</translation>
        </message>
        <message>
            <source>class names</source>
            <translation>Klassennamen</translation>
        </message>
        <message>
            <source>colour order</source>
            <translation>Farbreihenfolge</translation>
        </message>
        <message>
            <source>its inputs and outputs are called {names}</source>
            <translation>ihre Ein- und Ausgänge heißen {names}</translation>
        </message>
        <message>
            <source>resize rule</source>
            <translation>Regel der Größenänderung</translation>
        </message>
        <message>
            <source>scaling</source>
            <translation>Skalierung</translation>
        </message>
        <message>
            <source>the file notes {key} = {value}</source>
            <translation>in der Datei steht {key} = {value}</translation>
        </message>
        <message>
            <source>the golden images say {question}: {answer} ({share} agree)</source>
            <translation>die Referenzbilder sagen zu {question}: {answer} ({share} stimmen überein)</translation>
        </message>
        <message>
            <source>the graph itself does: {what}</source>
            <translation>der Graph macht selbst: {what}</translation>
        </message>
        <message>
            <source>the graph uses {name}</source>
            <translation>der Graph benutzt {name}</translation>
        </message>
        <message>
            <source>the part's picture is taken as square for {size}; give golden images or --frame</source>
            <translation>das Bild des Teils gilt für {size} als quadratisch; geben Sie Referenzbilder oder --frame an</translation>
        </message>
        <message>
            <source>usual, not noted: {question} {answer}</source>
            <translation>üblich, nicht vermerkt: {question} {answer}</translation>
        </message>
        <message>
            <source>{count} class names from {origin}</source>
            <translation>{count} Klassennamen aus {origin}</translation>
        </message>
        <message>
            <source>{name} has the sides {shape}</source>
            <translation>{name} hat die Seiten {shape}</translation>
        </message>
        <message>
            <source>{name} lies beside it</source>
            <translation>{name} liegt dabei</translation>
        </message>
        <message>
            <source>{name} wrote the file</source>
            <translation>{name} hat die Datei geschrieben</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
    </context>
    <context>
        <name>Fault</name>
        <message>
            <source>--cap {cap} is shorter than five readings of {path}, which come every {step}. Give the longest life that must be told apart in the unit of the column of time.</source>
            <translation>--cap {cap} ist kürzer als fünf Messwerte von {path}, die alle {step} kommen. Geben Sie die längste Lebensdauer, die unterschieden werden soll, in der Einheit der Zeitspalte an.</translation>
        </message>
        <message>
            <source>A PIN has {least} to {most} digits and nothing else.</source>
            <translation>Eine PIN hat {least} bis {most} Ziffern und sonst nichts.</translation>
        </message>
        <message>
            <source>A picture of the camera {source} came in pieces ({reason}) and is not judged. Check network cable, switch and packet size.</source>
            <translation>Ein Bild der Kamera {source} kam nur in Stücken an ({reason}) und wird nicht beurteilt. Prüfen Sie Netzwerkkabel, Switch und Paketgröße.</translation>
        </message>
        <message>
            <source>A station already works on the data folder {path}. Use that one, or start this one with another folder (--data).</source>
            <translation>Im Datenordner {path} arbeitet schon eine Station. Diese benutzen oder mit einem anderen Ordner starten (--data).</translation>
        </message>
        <message>
            <source>All images of {source} have been inspected. Choose another folder to go on.</source>
            <translation>Alle Bilder von {source} sind geprüft. Zum Weitermachen einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Another program holds the records in {path}. Close it; until then parts are not inspected and nothing is lost.</source>
            <translation>Ein anderes Programm hält die Aufzeichnungen in {path} fest. Schließen Sie es; bis dahin werden Teile nicht geprüft, und nichts geht verloren.</translation>
        </message>
        <message>
            <source>Back to model {number} of “{product}” (recipe version {version}): {reason}</source>
            <translation>Zurück zu Modell {number} von „{product}“ (Rezeptversion {version}): {reason}</translation>
        </message>
        <message>
            <source>Cameras of the kind “{kind}” cannot be used on this computer: {reason}.</source>
            <translation>Kameras der Art „{kind}“ können auf diesem Rechner nicht benutzt werden: {reason}.</translation>
        </message>
        <message>
            <source>In {path}, from line {line} on, rows come every {found} s, where it was every {expected} s before. If values are sums over the step, they are no longer the same thing.</source>
            <translation>In {path} kommen die Zeilen ab Zeile {line} alle {found} s, davor alle {expected} s. Wenn Werte Summen über den Schritt sind, bedeuten sie nicht mehr dasselbe.</translation>
        </message>
        <message>
            <source>In {path}, from line {line} on, “{column}” counts {found} from row to row, where it was {expected} before. Give the time of all rows in the same unit.</source>
            <translation>In {path} zählt „{column}“ ab Zeile {line} {found} von Zeile zu Zeile, davor waren es {expected}. Geben Sie die Zeit aller Zeilen in derselben Einheit an.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which is no number. Correct it, or leave that line out.</source>
            <translation>In {path}, Zeile {line}, steht in der Spalte „{column}“ „{value}“, und das ist keine Zahl. Berichtigen Sie es, oder lassen Sie die Zeile weg.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which is no time like the others. Correct it, or leave that line out.</source>
            <translation>In {path}, Zeile {line}, enthält die Spalte „{column}“ „{value}“, was keine Zeit wie die anderen ist. Korrigieren Sie es oder lassen Sie die Zeile weg.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which was never learnt. Known: {known}.</source>
            <translation>In {path}, Zeile {line}, steht in der Spalte „{column}“ „{value}“, das nie gelernt wurde. Bekannt: {known}.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” is empty. Every judgement needs all five: part, appraiser, trial, rating, reference.</source>
            <translation>In {path}, Zeile {line}, ist die Spalte „{column}“ leer. Jedes Urteil braucht alle fünf: part, appraiser, trial, rating, reference.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” is empty. Fill it in, or leave such lines out with --skip "{column}=".</source>
            <translation>In {path}, Zeile {line}, ist die Spalte „{column}“ leer. Füllen Sie sie aus, oder lassen Sie solche Zeilen mit --skip "{column}=" weg.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the time of unit {unit} runs backwards, into a time that was there already. Where the unit was repaired or replaced, give it another name from there on; else put the lines in the order of time.</source>
            <translation>In {path}, Zeile {line}, läuft die Zeit der Einheit {unit} zurück, in eine Zeit, die schon da war. Wurde die Einheit dort repariert oder ersetzt, geben Sie ihr von da an einen anderen Namen; sonst bringen Sie die Zeilen in die Reihenfolge der Zeit.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, there are {bad} bad of {n} parts. Give whole numbers, at least one part, and not more bad ones than parts.</source>
            <translation>In {path}, Zeile {line}, stehen {bad} schlechte von {n} Teilen. Geben Sie ganze Zahlen an, mindestens ein Teil und nicht mehr schlechte als Teile.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, {appraiser} judges the part {part} in trial {trial} a second time. Leave one of the two lines out.</source>
            <translation>In {path}, Zeile {line}, beurteilt {appraiser} das Teil {part} in Durchgang {trial} ein zweites Mal. Lassen Sie eine der beiden Zeilen weg.</translation>
        </message>
        <message>
            <source>In {path}, line {line}, “{value}” in the column “{column}” says neither good nor bad. Write OK and NG or 1 and 0, or name the words for good with --good.</source>
            <translation>In {path}, Zeile {line}, sagt „{value}“ in der Spalte „{column}“ weder gut noch schlecht. Schreiben Sie OK und NG oder 1 und 0, oder nennen Sie die Wörter für gut mit --good.</translation>
        </message>
        <message>
            <source>In {path}, readings are missing at {count} places, first of unit {unit} after time {time}. What was learnt or foretold there is less sure.</source>
            <translation>In {path} fehlen an {count} Stellen Messwerte, zuerst bei Einheit {unit} nach der Zeit {time}. Was dort gelernt oder vorhergesagt wurde, ist weniger sicher.</translation>
        </message>
        <message>
            <source>In {path}, rows are missing at {count} places, first before line {line} (time “{column}”).</source>
            <translation>In {path} fehlen an {count} Stellen Zeilen, zuerst vor Zeile {line} (Zeit „{column}“).</translation>
        </message>
        <message>
            <source>In {path}, the group {group} has more than one value of “{column}”. Give a column that names one whole series.</source>
            <translation>In {path} hat die Gruppe {group} mehr als einen Wert von „{column}“. Geben Sie eine Spalte an, die eine ganze Reihe benennt.</translation>
        </message>
        <message>
            <source>In {path}, the part {part} has two references. Each part has one, whoever judges it.</source>
            <translation>In {path} hat das Teil {part} zwei Referenzen. Jedes Teil hat eine, gleich wer es beurteilt.</translation>
        </message>
        <message>
            <source>In {path}, the time {time} of unit {unit} stands there twice. Leave one of the two lines out.</source>
            <translation>In {path} steht die Zeit {time} der Einheit {unit} zweimal. Lassen Sie eine der beiden Zeilen weg.</translation>
        </message>
        <message>
            <source>In {path}, the time “{column}” runs backwards at {count} places, first in line {line}. The rows were put in order.</source>
            <translation>In {path} läuft die Zeit „{column}“ an {count} Stellen rückwärts, zuerst in Zeile {line}. Die Zeilen wurden geordnet.</translation>
        </message>
        <message>
            <source>In {path}, there are units with fewer than {minimum} readings: {count}, first {unit} with {rows}. That is too little to tell much: what is foretold of them is less sure.</source>
            <translation>In {path} gibt es Einheiten mit weniger als {minimum} Messwerten: {count}, zuerst {unit} mit {rows}. Das ist zu wenig, um viel zu sagen: was für sie vorhergesagt wird, ist weniger sicher.</translation>
        </message>
        <message>
            <source>In {path}, unit {unit} has a reading every {found}, where {expected} was expected. Give the time of all units in the same unit of time, and in that of the model, such as hours.</source>
            <translation>In {path} hat die Einheit {unit} alle {found} einen Messwert, wo {expected} erwartet wurde. Geben Sie die Zeit aller Einheiten in derselben Zeiteinheit an, und zwar in der des Modells, zum Beispiel in Stunden.</translation>
        </message>
        <message>
            <source>In {path}, {appraiser} did not judge the part {part} in trial {trial}. All must judge the same parts equally often.</source>
            <translation>In {path} hat {appraiser} das Teil {part} in Durchgang {trial} nicht beurteilt. Alle müssen dieselben Teile gleich oft beurteilen.</translation>
        </message>
        <message>
            <source>In {path}, {count} lines have an empty cell and are left out, first line {line} in the column “{column}”.</source>
            <translation>In {path} haben {count} Zeilen eine leere Zelle und werden weggelassen, zuerst Zeile {line} in der Spalte „{column}“.</translation>
        </message>
        <message>
            <source>In {path}, {count} rows have the same time “{column}” as the row before, first in line {line}. If rows were copied twice, leave one of each out.</source>
            <translation>In {path} haben {count} Zeilen dieselbe Zeit „{column}“ wie die Zeile davor, zuerst Zeile {line}. Falls Zeilen doppelt kopiert wurden, lassen Sie jeweils eine weg.</translation>
        </message>
        <message>
            <source>It is too late to undo: that is possible for {seconds} seconds. Decide again and give a reason.</source>
            <translation>Zum Rückgängigmachen ist es zu spät: Das geht {seconds} Sekunden lang. Neu entscheiden und einen Grund angeben.</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” cannot be released: its {missing} is missing or damaged. Prove it on parts that were kept back, or teach it again.</source>
            <translation>Modell {number} von „{product}“ kann nicht freigegeben werden: {missing} fehlt oder ist beschädigt. Prüfen Sie es an zurückgehaltenen Teilen oder lernen Sie es neu an.</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” is {state} and cannot become {wanted}. Choose another model, or other limits.</source>
            <translation>Modell {number} von „{product}“ ist {state} und kann nicht {wanted} werden. Wählen Sie ein anderes Modell oder andere Grenzen.</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” judges the parts from now on (recipe version {version}): {reason}</source>
            <translation>Ab jetzt beurteilt Modell {number} von „{product}“ die Teile (Rezeptversion {version}): {reason}</translation>
        </message>
        <message>
            <source>More than one ONNX Runtime is installed ({installed}), and they overwrite each other. Uninstall all of them, then install Station with one extra.</source>
            <translation>Es ist mehr als ein ONNX Runtime installiert ({installed}), und sie überschreiben einander. Alle deinstallieren, dann Station mit einem Zusatz installieren.</translation>
        </message>
        <message>
            <source>No better settings for “{target}” were found among those that are like what was seen. Keep the present ones.</source>
            <translation>Unter den Einstellungen, die dem Gesehenen gleichen, wurden keine besseren für „{target}“ gefunden. Behalten Sie die jetzigen bei.</translation>
        </message>
        <message>
            <source>No code could be read in the picture. Check code, light and focus, and the region that is searched.</source>
            <translation>Im Bild war kein Code lesbar. Prüfen Sie Code, Licht und Schärfe und den Bereich, in dem gesucht wird.</translation>
        </message>
        <message>
            <source>No column of {path} is left to learn from: what is there never changes, is the target, or was left out.</source>
            <translation>Von {path} bleibt keine Spalte zum Lernen: Was da ist, ändert sich nie, ist das Ziel oder wurde weggelassen.</translation>
        </message>
        <message>
            <source>No product has been taught yet, so no part is judged. Show the first one to the station: page Teach, “Teach a new product…”.</source>
            <translation>Noch ist kein Produkt gelehrt; darum wird kein Teil beurteilt. Zeigen Sie der Station das erste: Seite „Lehren“, „Neues Produkt lehren…“.</translation>
        </message>
        <message>
            <source>No service of “{machine}” is noted, so its runs cannot be told apart. Known: {known}. Note one with `station health service`, or by touching its tile on the Line page.</source>
            <translation>Für „{machine}“ ist keine Wartung vermerkt, deshalb lassen sich die Laufzeiten nicht trennen. Bekannt: {known}. Vermerken Sie eine mit `station health service`, oder indem Sie ihre Kachel auf der Seite Linie berühren.</translation>
        </message>
        <message>
            <source>No station is running on the data folder {path}. Start it with “station run”, or name the right folder with --data.</source>
            <translation>Auf dem Datenordner {path} läuft keine Station. Starten Sie sie mit „station run“, oder nennen Sie mit --data den richtigen Ordner.</translation>
        </message>
        <message>
            <source>Nothing can be kept in {path} ({reason}). Choose another folder, or have its permissions changed.</source>
            <translation>In {path} lässt sich nichts speichern ({reason}). Wählen Sie einen anderen Ordner, oder lassen Sie die Rechte ändern.</translation>
        </message>
        <message>
            <source>Nothing in this table drives “{target}” as far as is seen: no model foretells it better than its mean does.</source>
            <translation>Soweit zu sehen ist, treibt nichts in dieser Tabelle „{target}“: Kein Modell sagt es besser vorher als der Mittelwert.</translation>
        </message>
        <message>
            <source>Nothing is known that made the model {path} (it takes and gives {found}). A picture must go in and one number per class must come out; add the files that came with it.</source>
            <translation>Es ist nicht bekannt, woher das Modell {path} stammt (es nimmt und gibt {found}). Ein Bild muss hinein- und eine Zahl je Klasse herauskommen; geben Sie auch die Dateien an, die dabei waren.</translation>
        </message>
        <message>
            <source>Nothing is suggested: the inputs explain {percent} % of “{target}”, so they measure the same thing, and the model stands in for a meter of it. It tells what “{target}” is, not what happens if one of them is set otherwise. Learn again without what is measured of the same thing (--drop).</source>
            <translation>Es wird nichts vorgeschlagen: Die Eingänge erklären {percent} % von „{target}“, sie messen also dasselbe, und das Modell steht für einen Zähler davon. Es sagt, wie hoch „{target}“ ist, nicht, was geschieht, wenn einer davon anders eingestellt wird. Lernen Sie neu ohne das, was dasselbe misst (--drop).</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed. Install Station with one of its extras: cpu, directml, cuda or openvino.</source>
            <translation>ONNX Runtime ist nicht installiert. Station mit einem der Zusätze cpu, directml, cuda oder openvino installieren.</translation>
        </message>
        <message>
            <source>Of “{product}” there are only good or only bad parts with a confirmed label. A study needs both: label some, or have an expert judge first.</source>
            <translation>Von „{product}“ gibt es nur gute oder nur schlechte Teile mit bestätigter Klasse. Eine Studie braucht beides: Benennen Sie einige, oder lassen Sie zuerst einen Experten urteilen.</translation>
        </message>
        <message>
            <source>Only {count} parts can be judged; at least {minimum} are needed for a study.</source>
            <translation>Nur {count} Teile können beurteilt werden; eine Studie braucht mindestens {minimum}.</translation>
        </message>
        <message>
            <source>Only {free} GB are free at {path}; a station needs {least} GB at least. Choose a folder on another disk.</source>
            <translation>Bei {path} sind nur {free} GB frei; eine Station braucht mindestens {least} GB. Wählen Sie einen Ordner auf einer anderen Platte.</translation>
        </message>
        <message>
            <source>Only {free} GB are free for {path}: no part is passed until there is room. Delete other files, or call service.</source>
            <translation>Für {path} sind nur {free} GB frei: Bis Platz ist, wird kein Teil freigegeben. Löschen Sie andere Dateien, oder rufen Sie den Service.</translation>
        </message>
        <message>
            <source>Only {free} GB are left on the disk of {path}. Free some space soon.</source>
            <translation>Auf der Platte von {path} sind nur noch {free} GB frei. Bald Platz schaffen.</translation>
        </message>
        <message>
            <source>Outputs can be pressed in the test mode only. Switch it on first; parts are rejected meanwhile.</source>
            <translation>Ausgänge lassen sich nur im Testbetrieb schalten. Schalten Sie ihn zuerst ein; Teile werden währenddessen ausgeschleust.</translation>
        </message>
        <message>
            <source>Part {number} has been decided already. To change that, give a reason.</source>
            <translation>Über Teil {number} ist schon entschieden. Für eine Änderung einen Grund angeben.</translation>
        </message>
        <message>
            <source>Process values from {address} ({kind}) are missing. Check the cable and the controller; inspection goes on without them.</source>
            <translation>Prozesswerte von {address} ({kind}) fehlen. Prüfen Sie Kabel und Steuerung; die Prüfung läuft ohne sie weiter.</translation>
        </message>
        <message>
            <source>Results came too late for the machine {count} times in a row; those parts were rejected. Check the speed of camera, model and disk.</source>
            <translation>Ergebnisse kamen {count}-mal hintereinander zu spät für die Maschine; diese Teile wurden ausgeschleust. Prüfen Sie, wie schnell Kamera, Modell und Festplatte sind.</translation>
        </message>
        <message>
            <source>Say why the model of “{product}” is changed; the reason is kept with it.</source>
            <translation>Geben Sie an, warum das Modell von „{product}“ gewechselt wird; der Grund wird mit gespeichert.</translation>
        </message>
        <message>
            <source>Something unexpected happened: {reason}. The part was not passed. If it happens again, call service.</source>
            <translation>Etwas Unerwartetes ist geschehen: {reason}. Das Teil wurde nicht freigegeben. Im Wiederholungsfall den Service rufen.</translation>
        </message>
        <message>
            <source>Teaching ended before it was done ({reason}). The model in use is as it was. Teach again; if it ends again, close other programs or take fewer pictures.</source>
            <translation>Das Lernen endete, bevor es fertig war ({reason}). Das benutzte Modell ist unverändert. Noch einmal lernen lassen; endet es wieder, andere Programme schließen oder weniger Bilder nehmen.</translation>
        </message>
        <message>
            <source>That PIN is too easy to guess. Take no row such as 123456 and no pattern such as 121212 or 112233, and at least three different digits.</source>
            <translation>Diese PIN ist zu leicht zu erraten. Keine Reihe wie 123456, kein Muster wie 121212 oder 112233, und mindestens drei verschiedene Ziffern.</translation>
        </message>
        <message>
            <source>That needs the administrator’s PIN, and it was locked meanwhile. Try again and enter it.</source>
            <translation>Dafür ist die PIN des Administrators nötig, und inzwischen wurde gesperrt. Noch einmal versuchen und sie eingeben.</translation>
        </message>
        <message>
            <source>The OPC UA server at {address} would be open to everybody, so it does not listen. Set a password ({variable}), listen at 127.0.0.1 only, or set the option security to none.</source>
            <translation>Der OPC-UA-Server an {address} stünde jedem offen, deshalb lauscht er nicht. Setzen Sie ein Passwort ({variable}), lauschen Sie nur an 127.0.0.1, oder setzen Sie die Option security auf none.</translation>
        </message>
        <message>
            <source>The address {address} is taken by another program. Close that one, or choose another port; no part is passed meanwhile.</source>
            <translation>Die Adresse {address} ist von einem anderen Programm belegt. Schließen Sie dieses oder wählen Sie einen anderen Port; bis dahin wird kein Teil durchgelassen.</translation>
        </message>
        <message>
            <source>The administrator’s PIN was entered wrongly {count} times in a row; for {seconds} seconds no other try was taken.</source>
            <translation>Die PIN des Administrators wurde {count}-mal hintereinander falsch eingegeben; {seconds} Sekunden lang wurde kein weiterer Versuch angenommen.</translation>
        </message>
        <message>
            <source>The administrator’s PIN was removed. Nothing asks for it any more.</source>
            <translation>Die PIN des Administrators wurde entfernt. Nichts fragt mehr danach.</translation>
        </message>
        <message>
            <source>The administrator’s PIN was set or changed.</source>
            <translation>Die PIN des Administrators wurde gesetzt oder geändert.</translation>
        </message>
        <message>
            <source>The areas to ignore leave nothing of the inspection region. Make them smaller on the Setup page.</source>
            <translation>Die ausgenommenen Bereiche lassen vom Prüfbereich nichts übrig. Verkleinern Sie sie auf der Seite Einrichten.</translation>
        </message>
        <message>
            <source>The backup {path} is damaged: {reason}. Use another one; nothing was changed.</source>
            <translation>Die Sicherung {path} ist beschädigt: {reason}. Verwenden Sie eine andere; es wurde nichts geändert.</translation>
        </message>
        <message>
            <source>The camera {source} does not take {value} for “{feature}”. Allowed: {allowed}.</source>
            <translation>Die Kamera {source} nimmt {value} für „{feature}“ nicht an. Erlaubt: {allowed}.</translation>
        </message>
        <message>
            <source>The camera {source} has nothing that can be set.</source>
            <translation>An der Kamera {source} lässt sich nichts einstellen.</translation>
        </message>
        <message>
            <source>The camera {source} is gone. Check the cable and the power; the station connects again by itself.</source>
            <translation>Die Kamera {source} ist getrennt. Kabel und Strom prüfen; die Station verbindet sich von selbst wieder.</translation>
        </message>
        <message>
            <source>The camera {source} is in use by another program or station. Close that one; the station connects again by itself.</source>
            <translation>Die Kamera {source} wird von einem anderen Programm oder einer anderen Station benutzt. Schließen Sie dieses; die Station verbindet sich von selbst wieder.</translation>
        </message>
        <message>
            <source>The camera {source} sends the same picture again and again. Unplug it and plug it in again.</source>
            <translation>Die Kamera {source} liefert immer dasselbe Bild (eingefroren). Abstecken und wieder anstecken.</translation>
        </message>
        <message>
            <source>The camera {source} sent no picture within {seconds} s. Check cable, trigger and exposure.</source>
            <translation>Die Kamera {source} hat {seconds} s lang kein Bild geliefert. Kabel, Trigger und Belichtung prüfen.</translation>
        </message>
        <message>
            <source>The camera {source} was not found. Check the cable and the power, and that no other program uses it.</source>
            <translation>Die Kamera {source} wurde nicht gefunden. Kabel und Strom prüfen, und ob ein anderes Programm sie benutzt.</translation>
        </message>
        <message>
            <source>The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>Die Kamera „{kind}“ nimmt „{option}“ so nicht an. Erlaubt: {allowed}.</translation>
        </message>
        <message>
            <source>The card of the model {path} has a wrong value for “{field}”. Teach the model again.</source>
            <translation>Die Karte des Modells {path} hat bei „{field}“ einen falschen Wert. Das Modell neu einlernen.</translation>
        </message>
        <message>
            <source>The class “{label}” has only {count} usable images in {path}; at least {minimum} are needed.</source>
            <translation>Die Klasse „{label}“ hat in {path} nur {count} brauchbare Bilder; nötig sind mindestens {minimum}.</translation>
        </message>
        <message>
            <source>The clock of this PC jumped by {seconds} s. The order of the parts is kept; check date and time.</source>
            <translation>Die Uhr dieses PCs ist um {seconds} s gesprungen. Die Reihenfolge der Teile bleibt; prüfen Sie Datum und Uhrzeit.</translation>
        </message>
        <message>
            <source>The column “{column}” of {path} holds dates and is taken as the time. Name another one with --time, or whole series with --group.</source>
            <translation>Die Spalte „{column}“ in {path} enthält Datumsangaben und wird als Zeit genommen. Nennen Sie mit --time eine andere oder mit --group ganze Reihen.</translation>
        </message>
        <message>
            <source>The connection to the machine {address} is lost. Check cable and controller; the station connects again by itself, and no part is passed meanwhile.</source>
            <translation>Die Verbindung zur Maschine {address} ist unterbrochen. Prüfen Sie Kabel und Steuerung; die Station verbindet sich von selbst neu, bis dahin wird kein Teil freigegeben.</translation>
        </message>
        <message>
            <source>The controller {address} shows no life: its signal {signal} stands still. Have it toggle twice a second; no part is passed meanwhile.</source>
            <translation>Die Steuerung {address} zeigt kein Leben: Ihr Signal {signal} steht still. Lassen Sie es zweimal je Sekunde wechseln; bis dahin wird kein Teil freigegeben.</translation>
        </message>
        <message>
            <source>The data folder {path} cannot be written to ({reason}). Choose another folder with --data, or have its permissions changed.</source>
            <translation>In den Datenordner {path} kann nicht geschrieben werden ({reason}). Mit --data einen anderen Ordner wählen oder die Rechte ändern lassen.</translation>
        </message>
        <message>
            <source>The database of the plant at {address} belongs to newer stations (form {found}; this program knows it up to {known}). Install the newer program here as well; until then everything is kept here and copied later.</source>
            <translation>Die Datenbank des Werks unter {address} gehört zu neueren Stationen (Form {found}; dieses Programm kennt sie bis {known}). Installieren Sie das neuere Programm auch hier; bis dahin bleibt alles hier und wird später kopiert.</translation>
        </message>
        <message>
            <source>The database {path} is damaged: {reason}. Nothing was deleted. Put the file aside and call service; the images are complete.</source>
            <translation>Die Datenbank {path} ist beschädigt: {reason}. Nichts wurde gelöscht. Die Datei beiseitelegen und den Service rufen; die Bilder sind vollständig.</translation>
        </message>
        <message>
            <source>The disk is full: {path}. Free some space; until then no part is passed, and nothing recorded is lost.</source>
            <translation>Die Platte ist voll: {path}. Platz schaffen; bis dahin wird kein Teil freigegeben, und nichts Gespeichertes geht verloren.</translation>
        </message>
        <message>
            <source>The disk of {path} is slow: keeping a picture takes {ms} ms. Have the disk checked; the line may have to wait for it.</source>
            <translation>Der Datenträger von {path} ist langsam: Ein Bild zu sichern dauert {ms} ms. Lassen Sie ihn prüfen; die Linie muss vielleicht auf ihn warten.</translation>
        </message>
        <message>
            <source>The disk of {path} will be full in {days} days. Make room, or set how long pictures are kept.</source>
            <translation>Der Datenträger von {path} ist in {days} Tagen voll. Schaffen Sie Platz, oder stellen Sie ein, wie lange Bilder behalten werden.</translation>
        </message>
        <message>
            <source>The file of the administrator’s PIN is damaged, so what it guards stays locked: {path} ({reason}). Set a new PIN on this computer with “station pin set”.</source>
            <translation>Die Datei mit der PIN des Administrators ist beschädigt; was sie schützt, bleibt gesperrt: {path} ({reason}). Auf diesem Rechner mit „station pin set“ eine neue PIN setzen.</translation>
        </message>
        <message>
            <source>The folder {path} does not exist. Check the name.</source>
            <translation>Den Ordner {path} gibt es nicht. Den Namen prüfen.</translation>
        </message>
        <message>
            <source>The folder {path} is not empty. Restore into an empty one, so that nothing is overwritten.</source>
            <translation>Der Ordner {path} ist nicht leer. Stellen Sie in einen leeren wieder her, damit nichts überschrieben wird.</translation>
        </message>
        <message>
            <source>The graphics device ({provider}) is gone: {reason}. The line starts again by itself; if it happens again, it goes on without the device, more slowly.</source>
            <translation>Das Grafikgerät ({provider}) ist weg: {reason}. Die Linie startet von selbst neu; geschieht es wieder, läuft sie langsamer ohne das Gerät weiter.</translation>
        </message>
        <message>
            <source>The image {path} does not exist. Check the name.</source>
            <translation>Das Bild {path} gibt es nicht. Den Namen prüfen.</translation>
        </message>
        <message>
            <source>The image {path} holds values of the kind {format}. Save it with 8 or 16 bits per channel.</source>
            <translation>Das Bild {path} enthält Werte der Art {format}. Mit 8 oder 16 Bit je Kanal speichern.</translation>
        </message>
        <message>
            <source>The image {path} is too small: {width} × {height} pixels. At least {minimum} on each side are needed.</source>
            <translation>Das Bild {path} ist zu klein: {width} × {height} Pixel. Nötig sind mindestens {minimum} je Seite.</translation>
        </message>
        <message>
            <source>The inputs explain {percent} % of “{target}”: it can nearly be calculated from them. That is right where they are measured at the same moment and stand in for it, but they do not tell what drives it. Leave out with --drop what is measured of the same thing.</source>
            <translation>Die Eingänge erklären {percent} % von „{target}“: Es lässt sich fast aus ihnen berechnen. Das ist richtig, wenn sie im selben Augenblick gemessen werden und es ersetzen sollen; was es treibt, sagen sie nicht. Lassen Sie mit --drop weg, was dasselbe misst.</translation>
        </message>
        <message>
            <source>The inspection failed {count} times within {seconds} s. It is tried again every minute; call service.</source>
            <translation>Die Prüfung ist in {seconds} s {count}-mal ausgefallen. Sie wird jede Minute neu versucht; rufen Sie den Service.</translation>
        </message>
        <message>
            <source>The inspection has stopped answering and is being started again. Parts are rejected meanwhile; wait a moment.</source>
            <translation>Die Prüfung antwortet nicht mehr und wird neu gestartet. Bis dahin werden Teile ausgeschleust; warten Sie einen Moment.</translation>
        </message>
        <message>
            <source>The inspection hung ({thread}, for {seconds} s) and is started again. If it happens again, call service.</source>
            <translation>Die Prüfung hing ({thread}, seit {seconds} s) und wird neu gestartet. Geschieht es wieder, rufen Sie den Service.</translation>
        </message>
        <message>
            <source>The inspection region {roi} lies outside the picture of {width} × {height} pixels. Correct the region in the recipe, or the camera’s size.</source>
            <translation>Der Prüfbereich {roi} liegt außerhalb des Bildes von {width} × {height} Pixeln. Den Bereich im Prüfprogramm oder die Größe der Kamera berichtigen.</translation>
        </message>
        <message>
            <source>The inspection uses {mb} MB of memory ({since_mb} MB after its start) and is started again between two parts.</source>
            <translation>Die Prüfung belegt {mb} MB Speicher ({since_mb} MB nach dem Start) und wird zwischen zwei Teilen neu gestartet.</translation>
        </message>
        <message>
            <source>The inspection was started again ({reason}). Parts that were in work were not inspected; find them in the list.</source>
            <translation>Die Prüfung wurde neu gestartet ({reason}). Teile in Arbeit wurden nicht geprüft; Sie finden sie in der Liste.</translation>
        </message>
        <message>
            <source>The last value foretells better (error {last}) than the model does (error {error}). The model tells what goes along with the target, but do not foretell with it.</source>
            <translation>Der letzte Wert sagt besser vorher (Fehler {last}) als das Modell (Fehler {error}). Das Modell zeigt, was mit dem Ziel zusammenhängt; sagen Sie aber nicht damit vorher.</translation>
        </message>
        <message>
            <source>The line inspects “{runs}”, not “{product}”. Start it with that product first.</source>
            <translation>Die Linie prüft „{runs}“, nicht „{product}“. Starten Sie sie zuerst mit diesem Produkt.</translation>
        </message>
        <message>
            <source>The machine announced the part {serial}, and its code says {code}. Check whether parts were mixed up between the reader and the camera.</source>
            <translation>Die Maschine hat das Teil {serial} gemeldet, sein Code sagt {code}. Prüfen Sie, ob zwischen Leser und Kamera Teile vertauscht wurden.</translation>
        </message>
        <message>
            <source>The machine asked {count} times for a part while the station was busy or not ready; those parts were rejected. Have it wait for READY.</source>
            <translation>Die Maschine hat {count}-mal ein Teil verlangt, während die Station beschäftigt oder nicht bereit war; diese Teile wurden ausgeschleust. Lassen Sie sie auf READY warten.</translation>
        </message>
        <message>
            <source>The machine left {count} answers without ACK. Have it acknowledge each answer that it has read.</source>
            <translation>Die Maschine hat {count} Antworten nicht mit ACK quittiert. Lassen Sie sie jede gelesene Antwort quittieren.</translation>
        </message>
        <message>
            <source>The machine {address} answers what makes no sense: {reason}. Check the address and the map of signals; no part is passed meanwhile.</source>
            <translation>Die Maschine {address} antwortet Unsinniges: {reason}. Prüfen Sie die Adresse und den Signalplan; bis dahin wird kein Teil durchgelassen.</translation>
        </message>
        <message>
            <source>The machine {address} refuses the station's name, password or certificate. Check them, or have the station's certificate trusted there.</source>
            <translation>Die Maschine {address} weist Name, Passwort oder Zertifikat der Station ab. Prüfen Sie diese, oder lassen Sie dort dem Zertifikat der Station vertrauen.</translation>
        </message>
        <message>
            <source>The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>Die Maschine „{kind}“ nimmt „{option}“ so nicht an. Erlaubt: {allowed}.</translation>
        </message>
        <message>
            <source>The machine “{kind}” has no signals that could be shown.</source>
            <translation>Die Maschine „{kind}“ hat keine Signale, die sich zeigen ließen.</translation>
        </message>
        <message>
            <source>The model could not judge the part: {reason}. If it happens again, restart the station or choose the provider cpu.</source>
            <translation>Das Modell konnte das Teil nicht beurteilen: {reason}. Im Wiederholungsfall die Station neu starten oder als Provider cpu wählen.</translation>
        </message>
        <message>
            <source>The model file {path} does not exist. Check the name, or teach a model first.</source>
            <translation>Die Modelldatei {path} gibt es nicht. Den Namen prüfen oder zuerst ein Modell einlernen.</translation>
        </message>
        <message>
            <source>The model file {path} is not the one that the recipe was released with. Put the released file back, or release the recipe again.</source>
            <translation>Die Modelldatei {path} ist nicht die, mit der das Prüfprogramm freigegeben wurde. Die freigegebene Datei zurücklegen oder das Prüfprogramm neu freigeben.</translation>
        </message>
        <message>
            <source>The model needs {ms} ms for a part; the recipe allows {limit} ms. Check that the graphics card is used, or choose a smaller model.</source>
            <translation>Das Modell braucht {ms} ms je Teil; das Prüfprogramm erlaubt {limit} ms. Prüfen Sie, ob die Grafikkarte genutzt wird, oder wählen Sie ein kleineres Modell.</translation>
        </message>
        <message>
            <source>The model rejects the golden picture {path}: {label}, score {score}, limit {limit}. The model in use goes on; check picture, model and limits.</source>
            <translation>Das Modell weist das Gutbild {path} zurück: {label}, Wert {score}, Grenze {limit}. Das bisherige Modell prüft weiter; prüfen Sie Bild, Modell und Grenzen.</translation>
        </message>
        <message>
            <source>The model runs on {actual} and not on {wish}: slower than planned. Check the graphics driver, or choose the provider auto.</source>
            <translation>Notbetrieb: Das Modell läuft auf {actual} statt auf {wish} und ist langsamer als geplant. Den Grafiktreiber prüfen oder als Provider auto wählen.</translation>
        </message>
        <message>
            <source>The model was learnt from {path} itself, so these figures flatter it. Give rows that came later.</source>
            <translation>Das Modell wurde aus {path} selbst gelernt; diese Zahlen schmeicheln ihm. Geben Sie spätere Zeilen an.</translation>
        </message>
        <message>
            <source>The model {path} could not be imported: its process ended ({reason}). The file is damaged or too large; the station was not touched. Export it again.</source>
            <translation>Das Modell {path} konnte nicht importiert werden: Sein Prozess endete ({reason}). Die Datei ist beschädigt oder zu groß; die Station blieb unberührt. Exportieren Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>The model {path} does not say: {questions}. Give golden images with a sub-folder per class (--golden), the answers (--set, --good), or accept what is usual (--yes).</source>
            <translation>Das Modell {path} sagt nicht: {questions}. Geben Sie Referenzbilder mit einem Unterordner je Klasse an (--golden), die Antworten (--set, --good), oder nehmen Sie das Übliche an (--yes).</translation>
        </message>
        <message>
            <source>The model {path} does not take or give what its card says (expected {expected}, found {found}). Teach the model again.</source>
            <translation>Das Modell {path} nimmt oder liefert nicht, was seine Karte sagt (erwartet {expected}, gefunden {found}). Das Modell neu einlernen.</translation>
        </message>
        <message>
            <source>The model {path} has no card: it was not made by this station, and must be imported first.</source>
            <translation>Das Modell {path} hat keine Karte: Es stammt nicht von dieser Station und muss zuerst importiert werden.</translation>
        </message>
        <message>
            <source>The model {path} is recognised, but it cannot judge parts: {reason}. Export another task or another size where it was taught.</source>
            <translation>Das Modell {path} wurde erkannt, kann aber keine Teile beurteilen: {reason}. Exportieren Sie dort, wo es gelernt hat, eine andere Aufgabe oder Größe.</translation>
        </message>
        <message>
            <source>The model {path} is refused, as it could do harm: {reason}. Use a model made by this program or from a source you trust.</source>
            <translation>Das Modell {path} wird abgelehnt, weil es schaden könnte: {reason}. Verwenden Sie ein Modell dieses Programms oder aus einer Quelle, der Sie vertrauen.</translation>
        </message>
        <message>
            <source>The model {path} was taught for something else: pictures, process settings and machine health each have models of their own. Give one that was taught for this.</source>
            <translation>Das Modell {path} wurde für etwas anderes angelernt: Bilder, Prozesseinstellungen und Maschinenzustand haben je eigene Modelle. Geben Sie eines an, das hierfür angelernt wurde.</translation>
        </message>
        <message>
            <source>The new product is kept. Start the station anew, without --recipe and --model, to inspect it.</source>
            <translation>Das neue Produkt ist gesichert. Starten Sie die Station neu, ohne --recipe und --model, um es zu prüfen.</translation>
        </message>
        <message>
            <source>The picture of {source} is black. Check the light and the lens cap.</source>
            <translation>Das Bild von {source} ist schwarz. Licht und Objektivdeckel prüfen.</translation>
        </message>
        <message>
            <source>The picture of {source} is blurred (sharpness {focus}, at least {limit} is needed). Check the focus, and clean the lens.</source>
            <translation>Das Bild von {source} ist unscharf (Schärfe {focus}, nötig ist mindestens {limit}). Prüfen Sie den Fokus, und reinigen Sie das Objektiv.</translation>
        </message>
        <message>
            <source>The picture of {source} is over-exposed: {percent} % of it is white. Check the light and the exposure time.</source>
            <translation>Das Bild von {source} ist überbelichtet: {percent} % sind weiß. Prüfen Sie Licht und Belichtungszeit.</translation>
        </message>
        <message>
            <source>The plant server {address} does not answer: {reason}. Everything is kept here and copied when it answers again.</source>
            <translation>Der Werksserver {address} antwortet nicht: {reason}. Alles bleibt hier gespeichert und wird kopiert, sobald er wieder antwortet.</translation>
        </message>
        <message>
            <source>The present values (line {line} of {path}) are unlike all that was learnt from. Nothing is suggested from there: it would be a guess.</source>
            <translation>Die jetzigen Werte (Zeile {line} von {path}) gleichen nichts, woraus gelernt wurde. Von dort aus wird nichts vorgeschlagen: Es wäre geraten.</translation>
        </message>
        <message>
            <source>The program is not whole ({part}): {reason}. Install it again; settings, records and pictures stay as they are.</source>
            <translation>Das Programm ist nicht vollständig ({part}): {reason}. Installieren Sie es neu; Einstellungen, Aufzeichnungen und Bilder bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}.</source>
            <translation>Das Prüfprogramm hat bei „{field}“ einen falschen Wert: {value}. Erlaubt: {allowed}.</translation>
        </message>
        <message>
            <source>The recipe {path} cannot be read: {reason}. Correct the file.</source>
            <translation>Das Prüfprogramm {path} ist nicht lesbar: {reason}. Die Datei berichtigen.</translation>
        </message>
        <message>
            <source>The records were damaged ({reason}). The old file was put aside as {path}, new records have begun, and the old ones are being saved. Tell service, then confirm.</source>
            <translation>Die Aufzeichnungen waren beschädigt ({reason}). Die alte Datei liegt nun als {path} beiseite, neue Aufzeichnungen haben begonnen, die alten werden gerettet. Melden Sie es dem Service, und bestätigen Sie dann.</translation>
        </message>
        <message>
            <source>The records {path} are still of an older form ({found}; the one of this program is {known}). Start the station: it copies them and brings them up to date.</source>
            <translation>Die Aufzeichnungen {path} haben noch eine ältere Form ({found}; die dieses Programms ist {known}). Starten Sie die Station: Sie kopiert sie und bringt sie auf den neuen Stand.</translation>
        </message>
        <message>
            <source>The records {path} were missing although pictures are there. New records have begun, and the old ones are rebuilt from the pictures. Tell service, then confirm.</source>
            <translation>Die Aufzeichnungen {path} fehlten, obwohl Bilder da sind. Neue Aufzeichnungen haben begonnen, die alten werden aus den Bildern wiederhergestellt. Melden Sie es dem Service, und bestätigen Sie dann.</translation>
        </message>
        <message>
            <source>The records {path} were written by a newer program (version {version}, form {found}; this one knows them up to {known}). Nothing was changed. Install the newer program again, or go back to the copy from before the upgrade with: station records restore-former.</source>
            <translation>Die Aufzeichnungen {path} hat ein neueres Programm geschrieben (Version {version}, Form {found}; dieses kennt sie bis {known}). Nichts wurde geändert. Installieren Sie das neuere Programm wieder, oder gehen Sie zurück zur Kopie von vor dem Wechsel mit: station records restore-former.</translation>
        </message>
        <message>
            <source>The rows of {path} are taken to stand in the order of time. If they do not, name the time with --time, or what belongs together with --group.</source>
            <translation>Es wird angenommen, dass die Zeilen von {path} in zeitlicher Reihenfolge stehen. Wenn nicht, nennen Sie die Zeit mit --time oder das Zusammengehörige mit --group.</translation>
        </message>
        <message>
            <source>The search for causes ended before it was done ({reason}). The line is not affected. Search again; if it ends again, close other programs.</source>
            <translation>Die Suche nach Ursachen endete, bevor sie fertig war ({reason}). Die Linie ist nicht betroffen. Suchen Sie erneut; endet sie wieder, schließen Sie andere Programme.</translation>
        </message>
        <message>
            <source>The serial number “{serial}” does not belong to the recipe “{recipe}”. Check the part, or choose the recipe of this product.</source>
            <translation>Die Seriennummer „{serial}“ gehört nicht zum Prüfprogramm „{recipe}“. Prüfen Sie das Teil, oder wählen Sie das Prüfprogramm dieses Produkts.</translation>
        </message>
        <message>
            <source>The settings in {path} are broken at “{field}”: {reason}. Correct that line, or put the file aside to start with the defaults.</source>
            <translation>Die Einstellungen in {path} sind bei „{field}“ fehlerhaft: {reason}. Die Zeile berichtigen oder die Datei beiseitelegen, um mit den Vorgaben zu starten.</translation>
        </message>
        <message>
            <source>The settings in {path} were broken at “{field}” ({reason}); the last good ones are in use. Check what was changed last, then confirm.</source>
            <translation>Die Einstellungen in {path} waren bei „{field}“ beschädigt ({reason}); die letzten gültigen gelten. Prüfen Sie, was zuletzt geändert wurde, und bestätigen Sie dann.</translation>
        </message>
        <message>
            <source>The settings in {path} were written by a newer program (version {version}, form {form}). Install the newer program again, or put this file aside: then the last ones hold that this program knows.</source>
            <translation>Die Einstellungen in {path} hat ein neueres Programm geschrieben (Version {version}, Form {form}). Installieren Sie das neuere Programm wieder, oder legen Sie die Datei beiseite: Dann gelten die letzten, die dieses Programm kennt.</translation>
        </message>
        <message>
            <source>The simulated PLC has ended by itself: {reason}. The machine of before is served again.</source>
            <translation>Die simulierte SPS hat von selbst geendet: {reason}. Die bisherige Maschine wird wieder bedient.</translation>
        </message>
        <message>
            <source>The station cannot listen at {address}: {reason}. Choose an address of this computer and another port; no part is passed meanwhile.</source>
            <translation>Die Station kann an {address} nicht lauschen: {reason}. Wählen Sie eine Adresse dieses Rechners und einen anderen Port; bis dahin wird kein Teil freigegeben.</translation>
        </message>
        <message>
            <source>The station is not ready ({state}). Wait until it is, or look at the message above.</source>
            <translation>Die Station ist nicht bereit ({state}). Warten, bis sie es ist, oder die Meldung darüber ansehen.</translation>
        </message>
        <message>
            <source>The station is still busy with the parts before. Wait a moment; this part was not inspected.</source>
            <translation>Die Station ist noch mit den Teilen davor beschäftigt. Einen Moment warten; dieses Teil wurde nicht geprüft.</translation>
        </message>
        <message>
            <source>The station stopped while this part was in work; it was not inspected. Find the part and inspect it again.</source>
            <translation>Die Station hielt an, während dieses Teil in Arbeit war; es wurde nicht geprüft. Suchen Sie das Teil, und prüfen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The station's data are in {path}, and that folder is not there now. Plug the disk in, or have the network connected, and start the station again. Where the data are is written in {note}.</source>
            <translation>Die Daten der Station liegen in {path}, und diesen Ordner gibt es gerade nicht. Schließen Sie die Platte an, oder lassen Sie das Netz verbinden, und starten Sie die Station erneut. Wo die Daten liegen, steht in {note}.</translation>
        </message>
        <message>
            <source>The table {path} does not exist. Check the name.</source>
            <translation>Die Tabelle {path} gibt es nicht. Prüfen Sie den Namen.</translation>
        </message>
        <message>
            <source>There are no images in {path}. Choose a folder with PNG, JPEG, BMP, TIFF or WebP files.</source>
            <translation>In {path} sind keine Bilder. Einen Ordner mit PNG-, JPEG-, BMP-, TIFF- oder WebP-Dateien wählen.</translation>
        </message>
        <message>
            <source>There are no records in {path} yet. Check the folder, or run the station there first.</source>
            <translation>In {path} gibt es noch keine Aufzeichnungen. Den Ordner prüfen oder die Station zuerst dort laufen lassen.</translation>
        </message>
        <message>
            <source>There is no class “{label}”. Known: {known}.</source>
            <translation>Die Klasse „{label}“ gibt es nicht. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no column “{column}” in {path}. Known: {known}.</source>
            <translation>In {path} gibt es keine Spalte „{column}“. Bekannt: {known}.</translation>
        </message>
        <message>
            <source>There is no connection to {machine}, which is beside the machine that is served. Check cable and power there; inspection goes on, and the station connects again by itself.</source>
            <translation>Es besteht keine Verbindung zu {machine}, das neben der bedienten Maschine steht. Prüfen Sie dort Kabel und Strom; die Prüfung geht weiter, und die Station verbindet sich von selbst wieder.</translation>
        </message>
        <message>
            <source>There is no copy in {path} from before an upgrade that this program could use. Nothing was changed. Restore a backup instead, or install the newer program again.</source>
            <translation>In {path} liegt keine Kopie von vor einem Wechsel, die dieses Programm verwenden könnte. Nichts wurde geändert. Spielen Sie stattdessen eine Sicherung zurück, oder installieren Sie das neuere Programm wieder.</translation>
        </message>
        <message>
            <source>There is no decision to undo.</source>
            <translation>Es gibt keine Entscheidung, die rückgängig zu machen wäre.</translation>
        </message>
        <message>
            <source>There is no kind of camera “{kind}”. Known: {known}.</source>
            <translation>Die Kameraart „{kind}“ gibt es nicht. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no kind of machine “{kind}”. Known: {known}.</source>
            <translation>Die Maschinenart „{kind}“ gibt es nicht. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no method “{method}”. Known: {known}.</source>
            <translation>Das Verfahren „{method}“ gibt es nicht. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no provider “{wish}”. Known: {known}.</source>
            <translation>Den Provider „{wish}“ gibt es nicht. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no recipe “{name}”. Known here: {known}.</source>
            <translation>Es gibt kein Prüfprogramm „{name}“. Bekannt sind: {known}.</translation>
        </message>
        <message>
            <source>There is no record {uid} in this data folder.</source>
            <translation>In diesem Datenordner gibt es keine Aufzeichnung {uid}.</translation>
        </message>
        <message>
            <source>There is no study {uid}. Known: {known}.</source>
            <translation>Eine Studie {uid} gibt es nicht. Bekannt: {known}.</translation>
        </message>
        <message>
            <source>There is not exactly one readable model in {path} ({reason}). Choose the ONNX file itself, or a folder or zip with one.</source>
            <translation>In {path} liegt nicht genau ein lesbares Modell ({reason}). Wählen Sie die ONNX-Datei selbst oder einen Ordner oder ein ZIP mit einem Modell.</translation>
        </message>
        <message>
            <source>There is nothing to export: no part fits the filter. Choose a longer time or fewer conditions.</source>
            <translation>Es gibt nichts zu exportieren: Kein Teil passt zum Filter. Wählen Sie eine längere Zeit oder weniger Bedingungen.</translation>
        </message>
        <message>
            <source>There is nothing to learn: the target “{column}” of {path} is always {value}. Take a longer time, in which it changes.</source>
            <translation>Es gibt nichts zu lernen: Das Ziel „{column}“ in {path} ist immer {value}. Nehmen Sie eine längere Zeit, in der es sich ändert.</translation>
        </message>
        <message>
            <source>There is nothing to tell apart in {path}: found only {found}. Make one sub-folder for each class, at least two.</source>
            <translation>In {path} gibt es nichts zu unterscheiden: gefunden nur {found}. Für jede Klasse einen Unterordner anlegen, mindestens zwei.</translation>
        </message>
        <message>
            <source>There is nothing to tell apart: the column “{column}” of {path} holds {found}. Two values are needed, each several times.</source>
            <translation>Es gibt nichts zu unterscheiden: Die Spalte „{column}“ von {path} enthält {found}. Zwei Werte werden gebraucht, jeder mehrmals.</translation>
        </message>
        <message>
            <source>There was not enough memory to judge a part: {reason}. The line starts again by itself; close other programs on this PC.</source>
            <translation>Der Speicher reichte nicht, um ein Teil zu beurteilen: {reason}. Die Linie startet von selbst neu; schließen Sie andere Programme auf diesem PC.</translation>
        </message>
        <message>
            <source>These columns are mostly empty, and are left out: {columns}. Check that the sensors work.</source>
            <translation>Diese Spalten sind größtenteils leer und werden weggelassen: {columns}. Prüfen Sie, ob die Sensoren arbeiten.</translation>
        </message>
        <message>
            <source>These columns never change, and are left out: {columns}. Check that the sensors work.</source>
            <translation>Diese Spalten ändern sich nie und bleiben weg: {columns}. Prüfen Sie, ob die Sensoren arbeiten.</translation>
        </message>
        <message>
            <source>This PC was asleep for {seconds} s. Camera and machine are connected again; inspect a golden sample before you go on.</source>
            <translation>Dieser PC hat {seconds} s geschlafen. Kamera und Maschine werden neu verbunden; prüfen Sie ein Referenzmuster, bevor Sie weitermachen.</translation>
        </message>
        <message>
            <source>This is advice, from what went along with what so far. Change one thing at a time, and see whether it does what is expected.</source>
            <translation>Dies ist ein Rat aus dem, was bisher zusammen auftrat. Ändern Sie eins nach dem anderen und sehen Sie, ob es wirkt wie erwartet.</translation>
        </message>
        <message>
            <source>This needs a part of the program that is not installed: {extra}. On Windows install the add-on (station-…-win64-extras.exe), in an environment of Python the package: pip install "station[{extra}]".</source>
            <translation>Dafür wird ein Teil des Programms gebraucht, der nicht installiert ist: {extra}. Installieren Sie unter Windows die Erweiterung (station-…-win64-extras.exe), in einer Python-Umgebung das Paket: pip install "station[{extra}]".</translation>
        </message>
        <message>
            <source>To bring the records in {path} up to date, version {version} needs {needed} MB free on that disk, {missing} MB more than there are. Nothing was changed. Free as much and start again, or install the former version again: it goes on.</source>
            <translation>Um die Aufzeichnungen in {path} auf den neuen Stand zu bringen, braucht Version {version} {needed} MB freien Platz auf diesem Datenträger, {missing} MB mehr, als da sind. Nichts wurde geändert. Schaffen Sie so viel Platz und starten Sie erneut, oder installieren Sie die frühere Version wieder: Sie macht weiter.</translation>
        </message>
        <message>
            <source>Version {version} copies the records {path} before it brings them up to date, and that failed: {reason}. Nothing was changed. Check the disk and start again, or install the former version again: it goes on.</source>
            <translation>Version {version} kopiert die Aufzeichnungen {path}, bevor sie sie auf den neuen Stand bringt, und das ist misslungen: {reason}. Nichts wurde geändert. Prüfen Sie den Datenträger und starten Sie erneut, oder installieren Sie die frühere Version wieder: Sie macht weiter.</translation>
        </message>
        <message>
            <source>Version {version} could not bring the records {path} from form {found} to form {known}: {reason}. They are unharmed and as they were, and a copy of them lies in {copy}. Install the former version again: it goes on. Tell service.</source>
            <translation>Version {version} konnte die Aufzeichnungen {path} nicht von Form {found} auf Form {known} bringen: {reason}. Sie sind unversehrt und wie zuvor, und eine Kopie davon liegt in {copy}. Installieren Sie die frühere Version wieder: Sie macht weiter. Verständigen Sie den Service.</translation>
        </message>
        <message>
            <source>{count} parts were in work when the station stopped, and were not inspected: {numbers}. Find them and inspect them again.</source>
            <translation>{count} Teile waren in Arbeit, als die Station anhielt, und wurden nicht geprüft: {numbers}. Suchen Sie sie, und prüfen Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>{count} rows lie beyond all that was learnt from, in: {columns}. What is foretold there is a guess.</source>
            <translation>{count} Zeilen liegen außerhalb von allem, woraus gelernt wurde, bei: {columns}. Was dort vorhergesagt wird, ist geraten.</translation>
        </message>
        <message>
            <source>{file} is not as it was when {path} was frozen, so nothing is learnt from it. Freeze the images again.</source>
            <translation>{file} ist nicht mehr so wie beim Einfrieren von {path}, daher wird daraus nichts gelernt. Frieren Sie die Bilder neu ein.</translation>
        </message>
        <message>
            <source>{machine}, beside the machine that is served, cannot be used: {reason}. Check its settings; inspection goes on without it.</source>
            <translation>{machine}, neben der bedienten Maschine, ist nicht nutzbar: {reason}. Prüfen Sie die Einstellungen; die Prüfung geht ohne sie weiter.</translation>
        </message>
        <message>
            <source>{machine}, beside the machine that is served, refuses the station's name, password or certificate. Check them; inspection goes on without it.</source>
            <translation>{machine}, neben der bedienten Maschine, weist Name, Passwort oder Zertifikat der Station ab. Prüfen Sie diese; die Prüfung geht ohne sie weiter.</translation>
        </message>
        <message>
            <source>{path} belongs to the program: an update or its removal would delete the data. Choose another folder.</source>
            <translation>{path} gehört zum Programm: Ein Update oder sein Entfernen würde die Daten löschen. Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>{path} cannot be read as a table: {reason}. Give CSV with a header, tab-separated text, or the text of C-MAPSS with 26 columns.</source>
            <translation>{path} kann nicht als Tabelle gelesen werden: {reason}. Geben Sie CSV mit Kopfzeile, durch Tabulatoren getrennten Text oder den Text von C-MAPSS mit 26 Spalten an.</translation>
        </message>
        <message>
            <source>{path} cannot be read as images with labels: {reason}. Use one sub-folder for each class, COCO, YOLO, Pascal VOC or CSV.</source>
            <translation>{path} lässt sich nicht als Bilder mit Klassen lesen: {reason}. Verwenden Sie je Klasse einen Unterordner, COCO, YOLO, Pascal VOC oder CSV.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Check the disk; until then no part is passed, and nothing recorded is lost.</source>
            <translation>{path} kann nicht geschrieben werden: {reason}. Die Platte prüfen; bis dahin wird kein Teil freigegeben, und nichts Gespeichertes geht verloren.</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Choose another place.</source>
            <translation>{path} kann nicht geschrieben werden: {reason}. Einen anderen Ort wählen.</translation>
        </message>
        <message>
            <source>{path} has only {count} rows; at least {minimum} are needed. Collect more first.</source>
            <translation>{path} hat nur {count} Zeilen; mindestens {minimum} werden gebraucht. Sammeln Sie zuerst mehr.</translation>
        </message>
        <message>
            <source>{path} has {count} values for {units} units. Give one remaining life a unit, in the order of the units.</source>
            <translation>{path} hat {count} Werte für {units} Einheiten. Geben Sie je Einheit eine Restlebensdauer an, in der Reihenfolge der Einheiten.</translation>
        </message>
        <message>
            <source>{path} holds files that are no station's, such as {found}. Choose an empty folder, or make a new one in it.</source>
            <translation>In {path} liegen Dateien, die zu keiner Station gehören, etwa {found}. Wählen Sie einen leeren Ordner, oder legen Sie darin einen neuen an.</translation>
        </message>
        <message>
            <source>{path} is a {kind} file. Export it as ONNX where it was taught, then import that file.</source>
            <translation>{path} ist eine Datei von {kind}. Exportieren Sie sie dort, wo das Modell gelernt hat, als ONNX, und importieren Sie dann diese Datei.</translation>
        </message>
        <message>
            <source>{path} is already a model of this station. Use it as it is; nothing is to be imported.</source>
            <translation>{path} ist schon ein Modell dieser Station. Verwenden Sie es, wie es ist; zu importieren ist nichts.</translation>
        </message>
        <message>
            <source>{path} is not an ONNX model, or it is damaged. Choose a model file that this station taught.</source>
            <translation>{path} ist kein ONNX-Modell oder ist beschädigt. Eine Modelldatei wählen, die diese Station eingelernt hat.</translation>
        </message>
        <message>
            <source>{path} is not an image, or it is damaged. Save it again as PNG.</source>
            <translation>{path} ist kein Bild oder ist beschädigt. Neu als PNG speichern.</translation>
        </message>
        <message>
            <source>{path} was not unpacked: {member} is not safe ({reason}). Nothing of it was taken; pack the images again.</source>
            <translation>{path} wurde nicht entpackt: {member} ist nicht sicher ({reason}). Nichts daraus wurde übernommen; packen Sie die Bilder neu.</translation>
        </message>
        <message>
            <source>{rows} records were saved or rebuilt from the pictures; {failed} could not be read. Check the newest parts in the history, then confirm.</source>
            <translation>{rows} Aufzeichnungen wurden gerettet oder aus den Bildern wiederhergestellt; {failed} waren nicht lesbar. Prüfen Sie die neuesten Teile im Verlauf, und bestätigen Sie dann.</translation>
        </message>
        <message>
            <source>“{address}” is no address of a plant server. Possible: {known}.</source>
            <translation>„{address}“ ist keine Adresse eines Werksservers. Möglich: {known}.</translation>
        </message>
        <message>
            <source>“{answer}” is no answer to a question about the model {path}. Known: {known}.</source>
            <translation>„{answer}“ ist keine Antwort auf eine Frage zum Modell {path}. Bekannt: {known}.</translation>
        </message>
        <message>
            <source>“{column}” almost is “{target}” (correlation {correlation}). If it is only known afterwards, or is a part of it, the result is worth nothing: leave it out with --drop {column}.</source>
            <translation>„{column}“ ist fast „{target}“ (Korrelation {correlation}). Wenn man es erst hinterher weiß oder es ein Teil davon ist, ist das Ergebnis nichts wert: Lassen Sie es mit --drop {column} weg.</translation>
        </message>
        <message>
            <source>“{column}” is asked for twice: a column is the target, the time, the group or left out, and only one of them.</source>
            <translation>„{column}“ wird zweimal verlangt: Eine Spalte ist Ziel, Zeit, Gruppe oder weggelassen, und nur eines davon.</translation>
        </message>
        <message>
            <source>“{column}” is no input of this model. It has: {known}.</source>
            <translation>„{column}“ ist kein Eingang dieses Modells. Es hat: {known}.</translation>
        </message>
        <message>
            <source>“{column}” names only {count} in {path}; at least {minimum} are needed, so that some can be kept back to check what was learnt.</source>
            <translation>„{column}“ nennt in {path} nur {count}; mindestens {minimum} werden gebraucht, damit einige zurückgehalten werden können, um das Gelernte zu prüfen.</translation>
        </message>
        <message>
            <source>“{machine}” is no machine that is watched. Known: {known}. Add it to the settings, under line.machines.</source>
            <translation>„{machine}“ ist keine Maschine, die überwacht wird. Bekannt: {known}. Tragen Sie sie in den Einstellungen unter line.machines ein.</translation>
        </message>
        <message>
            <source>“{product}” has no earlier model to go back to.</source>
            <translation>„{product}“ hat kein früheres Modell, zu dem man zurückkehren könnte.</translation>
        </message>
        <message>
            <source>“{product}” has no model number {number}.</source>
            <translation>„{product}“ hat kein Modell Nummer {number}.</translation>
        </message>
        <message>
            <source>“{rule}” does not say which lines to skip. Write COLUMN=VALUE or COLUMN!=VALUE.</source>
            <translation>„{rule}“ sagt nicht, welche Zeilen wegbleiben. Schreiben Sie SPALTE=WERT oder SPALTE!=WERT.</translation>
        </message>
        <message>
            <source>“{value}” cannot be the value of “{column}”. Seen was: {allowed}.</source>
            <translation>„{value}“ kann nicht der Wert von „{column}“ sein. Gesehen wurde: {allowed}.</translation>
        </message>
    </context>
    <context>
        <name>Handover</name>
        <message>
            <source>Check with known parts</source>
            <translation>Prüfung mit bekannten Teilen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Export the report</source>
            <translation>Bericht exportieren</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Nicht bestanden</translation>
        </message>
        <message>
            <source>Figures as of {when}</source>
            <translation>Zahlen vom Stand {when}</translation>
        </message>
        <message>
            <source>For paper (PDF)</source>
            <translation>Für Papier (PDF)</translation>
        </message>
        <message>
            <source>Former hand-overs</source>
            <translation>Frühere Übergaben</translation>
        </message>
        <message>
            <source>Hand over the shift</source>
            <translation>Schicht übergeben</translation>
        </message>
        <message>
            <source>No shift was handed over yet.</source>
            <translation>Es wurde noch keine Schicht übergeben.</translation>
        </message>
        <message>
            <source>Not done</source>
            <translation>Nicht erfolgt</translation>
        </message>
        <message>
            <source>Notes for the next shift</source>
            <translation>Hinweise für die nächste Schicht</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Bestanden</translation>
        </message>
        <message>
            <source>Say how the check with known parts went.</source>
            <translation>Geben Sie an, wie die Prüfung mit bekannten Teilen ausging.</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>Bericht zeigen</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>Unterschreiben</translation>
        </message>
        <message>
            <source>Sign again</source>
            <translation>Erneut unterschreiben</translation>
        </message>
        <message>
            <source>Sign for both</source>
            <translation>Für beide unterschreiben</translation>
        </message>
        <message>
            <source>Signed, but its report could not be written: {fault}</source>
            <translation>Unterschrieben, aber der Bericht konnte nicht geschrieben werden: {fault}</translation>
        </message>
        <message>
            <source>Signed. The report is in {path}</source>
            <translation>Unterschrieben. Der Bericht liegt in {path}</translation>
        </message>
        <message>
            <source>The figures are being read…</source>
            <translation>Die Zahlen werden gelesen…</translation>
        </message>
        <message>
            <source>Touch one to see its report and to export it again.</source>
            <translation>Berühren Sie eine, um ihren Bericht zu sehen und erneut zu exportieren.</translation>
        </message>
        <message>
            <source>Two names are needed: who hands over, and who takes over.</source>
            <translation>Zwei Namen sind nötig: wer übergibt und wer übernimmt.</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>Geschrieben: {path}</translation>
        </message>
        <message>
            <source>not signed yet</source>
            <translation>noch nicht unterschrieben</translation>
        </message>
        <message>
            <source>signed {when}, {giver} → {taker}</source>
            <translation>unterschrieben {when}, {giver} → {taker}</translation>
        </message>
        <message>
            <source>{name} hands over to {name}. If nobody takes over, touch the key once more.</source>
            <translation>{name} übergibt an {name}. Wenn niemand übernimmt, berühren Sie die Taste noch einmal.</translation>
        </message>
        <message>
            <source>{parts} parts, first-pass yield {share}</source>
            <translation>{parts} Teile, Erstausbeute {share}</translation>
        </message>
    </context>
    <context>
        <name>Health</name>
        <message>
            <source>Collect the values of some runs, note each service, and teach a model; the manual's page on machine health says how.</source>
            <translation>Sammeln Sie die Werte einiger Laufzeiten, vermerken Sie jede Wartung und lernen Sie ein Modell an; die Handbuchseite über den Maschinenzustand sagt, wie.</translation>
        </message>
        <message>
            <source>Last service: {time}.</source>
            <translation>Letzte Wartung: {time}.</translation>
        </message>
        <message>
            <source>No machine is watched: name one in the settings, under line.machines.</source>
            <translation>Keine Maschine wird überwacht: nennen Sie eine in den Einstellungen, unter line.machines.</translation>
        </message>
        <message>
            <source>No model is taught yet</source>
            <translation>Noch kein Modell angelernt</translation>
        </message>
        <message>
            <source>No service is noted: counted from the first value, {time}.</source>
            <translation>Keine Wartung ist vermerkt: gezählt ab dem ersten Wert, {time}.</translation>
        </message>
        <message>
            <source>No values since {time}</source>
            <translation>Keine Werte seit {time}</translation>
        </message>
        <message>
            <source>No values yet: {values}</source>
            <translation>Noch keine Werte: {values}</translation>
        </message>
        <message>
            <source>Not recorded: {values}</source>
            <translation>Nicht aufgezeichnet: {values}</translation>
        </message>
        <message>
            <source>The model cannot be used</source>
            <translation>Das Modell ist nicht brauchbar</translation>
        </message>
        <message>
            <source>The model counts no hours</source>
            <translation>Das Modell zählt keine Stunden</translation>
        </message>
        <message>
            <source>The model {model} counts cycles, or it does not say what. Teach it from a table with the time in hours, or with --time-unit.</source>
            <translation>Das Modell {model} zählt Zyklen, oder es sagt nicht, was. Lernen Sie es aus einer Tabelle mit der Zeit in Stunden an, oder mit --time-unit.</translation>
        </message>
        <message>
            <source>The model {model} needs values that are not recorded under these names: {values}. Name the readings so, or teach it anew.</source>
            <translation>Das Modell {model} braucht Werte, die nicht unter diesen Namen aufgezeichnet werden: {values}. Nennen Sie die Messwerte so, oder lernen Sie es neu an.</translation>
        </message>
        <message>
            <source>The remaining life is told once there are {needed} readings.</source>
            <translation>Die Restlebensdauer wird gezeigt, sobald es {needed} Messwerte gibt.</translation>
        </message>
        <message>
            <source>Too few readings yet: {count} of {needed}</source>
            <translation>Noch zu wenige Messwerte: {count} von {needed}</translation>
        </message>
        <message>
            <source>the model tells no more than {most}</source>
            <translation>mehr als {most} sagt das Modell nicht</translation>
        </message>
        <message>
            <source>{machine} · Remaining life</source>
            <translation>{machine} · Restlebensdauer</translation>
        </message>
        <message>
            <source>{machine} · Service due</source>
            <translation>{machine} · Wartung fällig</translation>
        </message>
        <message>
            <source>{span} left</source>
            <translation>noch {span}</translation>
        </message>
        <message>
            <source>{values}: far from all that the model has learnt from, so the figure is doubtful. Look at the machine and the sensor.</source>
            <translation>{values}: weit weg von allem, woraus das Modell gelernt hat; die Zahl ist deshalb zweifelhaft. Sehen Sie nach der Maschine und dem Sensor.</translation>
        </message>
        <message>
            <source>{values}: no values since {time}. Check the connection under Setup.</source>
            <translation>{values}: keine Werte seit {time}. Prüfen Sie die Verbindung unter Einrichten.</translation>
        </message>
        <message>
            <source>{values}: not read since the service. Check the connection under Setup.</source>
            <translation>{values}: seit der Wartung nicht gelesen. Prüfen Sie die Verbindung unter Einrichten.</translation>
        </message>
        <message>
            <source>{values}: outside what was learnt</source>
            <translation>{values}: außerhalb des Gelernten</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>About</source>
            <translation>Info</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Build</translation>
        </message>
        <message>
            <source>Built into it: {names}</source>
            <translation>Darin enthalten: {names}</translation>
        </message>
        <message>
            <source>Copied. Paste it into your message to support.</source>
            <translation>Kopiert. In die Nachricht an den Support einfügen.</translation>
        </message>
        <message>
            <source>Copy all for support</source>
            <translation>Alles für den Support kopieren</translation>
        </message>
        <message>
            <source>Data folder</source>
            <translation>Datenordner</translation>
        </message>
        <message>
            <source>Desktop inspection station. Free to use under the Apache License 2.0. It uses Qt and other libraries under the GNU Lesser General Public License; see Licences.</source>
            <translation>Prüfstation für den Arbeitsplatz. Frei nutzbar unter der Apache-Lizenz 2.0. Sie verwendet Qt und andere Bibliotheken unter der GNU Lesser General Public License; siehe Lizenzen.</translation>
        </message>
        <message>
            <source>It came without the text of its licence.</source>
            <translation>Es kam ohne den Text seiner Lizenz.</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model file (SHA-256)</source>
            <translation>Modelldatei (SHA-256)</translation>
        </message>
        <message>
            <source>Models run on, as asked</source>
            <translation>Modelle laufen auf, gewünscht</translation>
        </message>
        <message>
            <source>Models run on, in fact</source>
            <translation>Modelle laufen auf, tatsächlich</translation>
        </message>
        <message>
            <source>Program folder</source>
            <translation>Programmordner</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Save the bill of materials…</source>
            <translation>Stückliste speichern …</translation>
        </message>
        <message>
            <source>Saved: {path}</source>
            <translation>Gespeichert: {path}</translation>
        </message>
        <message>
            <source>Search by name or licence</source>
            <translation>Nach Name oder Lizenz suchen</translation>
        </message>
        <message>
            <source>Search in the titles</source>
            <translation>In den Titeln suchen</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Text of the licence</source>
            <translation>Text der Lizenz</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>{count} works of others are in it, each with its licence. Their list is a bill of materials (CycloneDX).</source>
            <translation>{count} Werke anderer sind enthalten, jedes mit seiner Lizenz. Ihre Liste ist eine Software-Stückliste (CycloneDX).</translation>
        </message>
    </context>
    <context>
        <name>History</name>
        <message>
            <source>(taken back)</source>
            <translation>(zurückgenommen)</translation>
        </message>
        <message>
            <source>+1 day</source>
            <translation>+1 Tag</translation>
        </message>
        <message>
            <source>+1 h</source>
            <translation>+1 h</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 Tage</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 Tage</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Angenommen</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Computed by</source>
            <translation>Berechnet mit</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>Entscheid</translation>
        </message>
        <message>
            <source>Defect</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export the parts that are asked for</source>
            <translation>Die gesuchten Teile exportieren</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>Exportieren nach</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>From when to when?</source>
            <translation>Von wann bis wann?</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>Von … bis …</translation>
        </message>
        <message>
            <source>Known label</source>
            <translation>Bekannte Klasse</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Grenzen</translation>
        </message>
        <message>
            <source>Lot</source>
            <translation>Charge</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>Mehr …</translation>
        </message>
        <message>
            <source>Newer</source>
            <translation>Neuer</translation>
        </message>
        <message>
            <source>No part fits. Choose a longer time or fewer conditions.</source>
            <translation>Kein Teil passt. Einen längeren Zeitraum oder weniger Bedingungen wählen.</translation>
        </message>
        <message>
            <source>Nothing has been recorded yet</source>
            <translation>Noch ist nichts aufgezeichnet</translation>
        </message>
        <message>
            <source>Older</source>
            <translation>Älter</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>Bediener</translation>
        </message>
        <message>
            <source>Or type it here</source>
            <translation>Oder hier eingeben</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>Picture deleted: {why}</source>
            <translation>Bild gelöscht: {why}</translation>
        </message>
        <message>
            <source>Picture kept for good: {why}</source>
            <translation>Bild bleibt auf Dauer: {why}</translation>
        </message>
        <message>
            <source>Pictures and table (ZIP)</source>
            <translation>Bilder und Tabelle (ZIP)</translation>
        </message>
        <message>
            <source>Process values</source>
            <translation>Prozesswerte</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>Rezept</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Abgelehnt</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>Werte</translation>
        </message>
        <message>
            <source>Serial</source>
            <translation>Seriennr.</translation>
        </message>
        <message>
            <source>Serial number, or its beginning and *</source>
            <translation>Seriennummer, oder ihr Anfang und *</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <source>Started by</source>
            <translation>Ausgelöst durch</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>Prüfplatz</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <source>Table (Excel)</source>
            <translation>Tabelle (Excel)</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Zurückgenommen</translation>
        </message>
        <message>
            <source>The machine was told: good part</source>
            <translation>Der Maschine gemeldet: Gutteil</translation>
        </message>
        <message>
            <source>The machine was told: hold</source>
            <translation>Der Maschine gemeldet: zurückhalten</translation>
        </message>
        <message>
            <source>The machine was told: sort out</source>
            <translation>Der Maschine gemeldet: aussortieren</translation>
        </message>
        <message>
            <source>The newest {count} parts, more below</source>
            <translation>Die neuesten {count} Teile, darunter mehr</translation>
        </message>
        <message>
            <source>The picture was deleted on {when}</source>
            <translation>Das Bild wurde am {when} gelöscht</translation>
        </message>
        <message>
            <source>The records cannot be read now</source>
            <translation>Die Aufzeichnungen sind gerade nicht lesbar</translation>
        </message>
        <message>
            <source>There is no picture of this part</source>
            <translation>Von diesem Teil gibt es kein Bild</translation>
        </message>
        <message>
            <source>This shift</source>
            <translation>Diese Schicht</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Verdict {verdict}</source>
            <translation>Prüfergebnis: {verdict}</translation>
        </message>
        <message>
            <source>Views</source>
            <translation>Ansichten</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Offen</translation>
        </message>
        <message>
            <source>a part seen in the picture</source>
            <translation>Teil im Bild erkannt</translation>
        </message>
        <message>
            <source>button</source>
            <translation>Taste</translation>
        </message>
        <message>
            <source>challenge part</source>
            <translation>Testfehlerteil</translation>
        </message>
        <message>
            <source>command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>golden sample</source>
            <translation>Referenzmuster</translation>
        </message>
        <message>
            <source>its time was over</source>
            <translation>Aufbewahrungszeit war um</translation>
        </message>
        <message>
            <source>keyboard</source>
            <translation>Tastatur</translation>
        </message>
        <message>
            <source>machine</source>
            <translation>Maschine</translation>
        </message>
        <message>
            <source>parts in this time</source>
            <translation>Teile in dieser Zeit</translation>
        </message>
        <message>
            <source>review from {low}, NG from {high}</source>
            <translation>zu prüfen ab {low}, n.i.O. ab {high}</translation>
        </message>
        <message>
            <source>sample for training</source>
            <translation>Muster zum Anlernen</translation>
        </message>
        <message>
            <source>timer</source>
            <translation>Zeitgeber</translation>
        </message>
        <message>
            <source>trigger line of the camera</source>
            <translation>Triggereingang der Kamera</translation>
        </message>
        <message>
            <source>yield: {ok} of {parts}</source>
            <translation>Ausbeute: {ok} von {parts}</translation>
        </message>
        <message>
            <source>{count} new</source>
            <translation>{count} neue</translation>
        </message>
        <message>
            <source>{count} parts saved</source>
            <translation>{count} Teile gespeichert</translation>
        </message>
        <message>
            <source>{count} parts written</source>
            <translation>{count} Teile</translation>
        </message>
        <message>
            <source>{count} parts, newest first</source>
            <translation>{count} Teile, neueste zuerst</translation>
        </message>
        <message>
            <source>{count} pictures are missing; the table in the file names them.</source>
            <translation>{count} Bilder fehlen; die Tabelle in der Datei nennt sie.</translation>
        </message>
        <message>
            <source>{whole}, the model {share}</source>
            <translation>{whole}, davon Modell {share}</translation>
        </message>
        <message>
            <source>−1 day</source>
            <translation>−1 Tag</translation>
        </message>
        <message>
            <source>−1 h</source>
            <translation>−1 h</translation>
        </message>
    </context>
    <context>
        <name>Inspect</name>
        <message>
            <source>A picture of a known good part, to compare with</source>
            <translation>Bild eines bekannten Gutteils zum Vergleich</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <source>Accepted by hand</source>
            <translation>Von Hand angenommen</translation>
        </message>
        <message>
            <source>Another part has just come. Look, then press again.</source>
            <translation>Gerade kam ein anderes Teil. Erst ansehen, dann noch einmal drücken.</translation>
        </message>
        <message>
            <source>Another part lay there</source>
            <translation>Es lag ein anderes Teil dort</translation>
        </message>
        <message>
            <source>Another reason…</source>
            <translation>Anderer Grund …</translation>
        </message>
        <message>
            <source>Being recorded…</source>
            <translation>Wird gespeichert …</translation>
        </message>
        <message>
            <source>FAULT</source>
            <translation>STÖRUNG</translation>
        </message>
        <message>
            <source>Golden</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Inspect part</source>
            <translation>Teil prüfen</translation>
        </message>
        <message>
            <source>Inspect {serial}</source>
            <translation>{serial} prüfen</translation>
        </message>
        <message>
            <source>LIVE</source>
            <translation>LIVE</translation>
        </message>
        <message>
            <source>Looked at the part again</source>
            <translation>Teil noch einmal angesehen</translation>
        </message>
        <message>
            <source>Lot {lot}</source>
            <translation>Charge {lot}</translation>
        </message>
        <message>
            <source>Measured the part</source>
            <translation>Teil nachgemessen</translation>
        </message>
        <message>
            <source>No part inspected yet</source>
            <translation>Noch kein Teil geprüft</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>Noch kein Bild</translation>
        </message>
        <message>
            <source>Other…</source>
            <translation>Andere …</translation>
        </message>
        <message>
            <source>Part {number}</source>
            <translation>Teil {number}</translation>
        </message>
        <message>
            <source>Pressed the wrong key</source>
            <translation>Falsche Taste gedrückt</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Ablehnen</translation>
        </message>
        <message>
            <source>Rejected by hand</source>
            <translation>Von Hand abgelehnt</translation>
        </message>
        <message>
            <source>Rejected by hand: {label}</source>
            <translation>Von Hand abgelehnt: {label}</translation>
        </message>
        <message>
            <source>SN {serial}</source>
            <translation>SN {serial}</translation>
        </message>
        <message>
            <source>STARTING</source>
            <translation>STARTET</translation>
        </message>
        <message>
            <source>STOPPED</source>
            <translation>GESTOPPT</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Leer</translation>
        </message>
        <message>
            <source>Team leader decided</source>
            <translation>Schichtführer hat entschieden</translation>
        </message>
        <message>
            <source>The picture is not at hand</source>
            <translation>Das Bild ist nicht zur Hand</translation>
        </message>
        <message>
            <source>This part was decided before. Why is it changed?</source>
            <translation>Über dieses Teil wurde schon entschieden. Warum wird das geändert?</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>What is wrong with the part?</source>
            <translation>Welchen Fehler hat das Teil?</translation>
        </message>
        <message>
            <source>between {low} and {high}</source>
            <translation>zwischen {low} und {high}</translation>
        </message>
        <message>
            <source>confirm {label}</source>
            <translation>{label} bestätigen</translation>
        </message>
        <message>
            <source>inspected this shift</source>
            <translation>geprüft (Schicht)</translation>
        </message>
        <message>
            <source>limit {limit}</source>
            <translation>Grenze {limit}</translation>
        </message>
        <message>
            <source>not inspected</source>
            <translation>nicht geprüft</translation>
        </message>
        <message>
            <source>part is bad</source>
            <translation>Teil ist schlecht</translation>
        </message>
        <message>
            <source>part is good</source>
            <translation>Teil ist gut</translation>
        </message>
        <message>
            <source>parts / min</source>
            <translation>Teile / min</translation>
        </message>
        <message>
            <source>reject as {label}</source>
            <translation>als {label}</translation>
        </message>
        <message>
            <source>waiting for review</source>
            <translation>zu prüfen</translation>
        </message>
        <message>
            <source>yield</source>
            <translation>Ausbeute</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
    </context>
    <context>
        <name>Label</name>
        <message>
            <source>Burr</source>
            <translation>Grat</translation>
        </message>
        <message>
            <source>Crack</source>
            <translation>Riss</translation>
        </message>
        <message>
            <source>Dent</source>
            <translation>Delle</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>Gut</translation>
        </message>
        <message>
            <source>Missing hole</source>
            <translation>Fehlende Bohrung</translation>
        </message>
        <message>
            <source>Scratch</source>
            <translation>Kratzer</translation>
        </message>
        <message>
            <source>Stain</source>
            <translation>Fleck</translation>
        </message>
    </context>
    <context>
        <name>Line</name>
        <message>
            <source>A clear pattern</source>
            <translation>Ein klares Muster</translation>
        </message>
        <message>
            <source>A strong pattern</source>
            <translation>Ein starkes Muster</translation>
        </message>
        <message>
            <source>A weak pattern</source>
            <translation>Ein schwaches Muster</translation>
        </message>
        <message>
            <source>Accepted {at}: {result}</source>
            <translation>Angenommen {at}: {result}</translation>
        </message>
        <message>
            <source>Accept…</source>
            <translation>Annehmen…</translation>
        </message>
        <message>
            <source>Advice only. The station never writes machine settings.</source>
            <translation>Nur ein Rat. Die Station schreibt nie Maschineneinstellungen.</translation>
        </message>
        <message>
            <source>Advised</source>
            <translation>Geraten</translation>
        </message>
        <message>
            <source>Agreement (κ)</source>
            <translation>Übereinstimmung (κ)</translation>
        </message>
        <message>
            <source>At least (%)</source>
            <translation>Mindestens (%)</translation>
        </message>
        <message>
            <source>At most (%)</source>
            <translation>Höchstens (%)</translation>
        </message>
        <message>
            <source>A{availability} P{performance} Q{quality}</source>
            <translation>V{availability} L{performance} Q{quality}</translation>
        </message>
        <message>
            <source>Bad before</source>
            <translation>Schlecht vorher</translation>
        </message>
        <message>
            <source>Bad since</source>
            <translation>Schlecht seither</translation>
        </message>
        <message>
            <source>Beyond chance</source>
            <translation>Mehr als Zufall</translation>
        </message>
        <message>
            <source>Chart</source>
            <translation>Diagramm</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Cumulated</source>
            <translation>Kumuliert</translation>
        </message>
        <message>
            <source>Defects this shift · Pareto</source>
            <translation>Fehler dieser Schicht · Pareto</translation>
        </message>
        <message>
            <source>Defects · Pareto</source>
            <translation>Fehler · Pareto</translation>
        </message>
        <message>
            <source>Difference (%)</source>
            <translation>Unterschied (%)</translation>
        </message>
        <message>
            <source>Expected {defect}</source>
            <translation>Erwartet {defect}</translation>
        </message>
        <message>
            <source>Explain…</source>
            <translation>Erklären…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export these figures</source>
            <translation>Diese Kennzahlen exportieren</translation>
        </message>
        <message>
            <source>First-pass yield</source>
            <translation>Erstausbeute</translation>
        </message>
        <message>
            <source>Fraction NG per {n} parts · p-chart</source>
            <translation>n.i.O.-Anteil je {n} Teile · p-Karte</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Hand over</source>
            <translation>Übergeben</translation>
        </message>
        <message>
            <source>Hardly a part is good: there is nothing to tell apart.</source>
            <translation>Kaum ein Teil ist gut: Es gibt nichts zu unterscheiden.</translation>
        </message>
        <message>
            <source>Image drift vs. release</source>
            <translation>Bilddrift seit Freigabe</translation>
        </message>
        <message>
            <source>Last shift</source>
            <translation>Vorige Schicht</translation>
        </message>
        <message>
            <source>Left out: {values}.</source>
            <translation>Weggelassen: {values}.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Neu suchen</translation>
        </message>
        <message>
            <source>Looking for causes… {step}</source>
            <translation>Ursachen werden gesucht… {step}</translation>
        </message>
        <message>
            <source>Lower limit</source>
            <translation>Untere Grenze</translation>
        </message>
        <message>
            <source>Machine health</source>
            <translation>Maschinenzustand</translation>
        </message>
        <message>
            <source>Made about so already: {parts} parts, {bad} of them bad.</source>
            <translation>So ähnlich schon gefertigt: {parts} Teile, davon {bad} schlecht.</translation>
        </message>
        <message>
            <source>Mark what somebody can set at the machine. What is only measured, such as a temperature that comes as it comes, is not suggested.</source>
            <translation>Markieren Sie, was an der Maschine eingestellt werden kann. Was nur gemessen wird, etwa eine Temperatur, die sich ergibt, wird nicht vorgeschlagen.</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Median since</source>
            <translation>Median seither</translation>
        </message>
        <message>
            <source>NG</source>
            <translation>n.i.O.</translation>
        </message>
        <message>
            <source>NG parts</source>
            <translation>n.i.O.-Teile</translation>
        </message>
        <message>
            <source>Name or number</source>
            <translation>Name oder Nummer</translation>
        </message>
        <message>
            <source>No NG part in this time.</source>
            <translation>Kein n.i.O.-Teil in dieser Zeit.</translation>
        </message>
        <message>
            <source>No better settings inside what has been seen.</source>
            <translation>Keine besseren Einstellungen innerhalb dessen, was gesehen wurde.</translation>
        </message>
        <message>
            <source>No cause found among these values: what the model says of later parts is no better than chance ({parts} parts, {bad} bad).</source>
            <translation>Unter diesen Werten keine Ursache gefunden: Was das Modell über spätere Teile sagt, ist nicht besser als Zufall ({parts} Teile, {bad} schlecht).</translation>
        </message>
        <message>
            <source>No defect named</source>
            <translation>Kein Fehler benannt</translation>
        </message>
        <message>
            <source>No machine is watched yet</source>
            <translation>Noch keine Maschine überwacht</translation>
        </message>
        <message>
            <source>No part in this time</source>
            <translation>Kein Teil in dieser Zeit</translation>
        </message>
        <message>
            <source>No part was inspected in this time.</source>
            <translation>In dieser Zeit wurde kein Teil geprüft.</translation>
        </message>
        <message>
            <source>No parts yet.</source>
            <translation>Noch keine Teile.</translation>
        </message>
        <message>
            <source>No process values of the parts to learn from.</source>
            <translation>Keine Prozesswerte der Teile, aus denen gelernt werden kann.</translation>
        </message>
        <message>
            <source>No study yet</source>
            <translation>Noch keine Studie</translation>
        </message>
        <message>
            <source>Nobody has looked for causes yet.</source>
            <translation>Noch niemand hat nach Ursachen gesucht.</translation>
        </message>
        <message>
            <source>Nothing to suggest while no cause is known.</source>
            <translation>Kein Vorschlag, solange keine Ursache bekannt ist.</translation>
        </message>
        <message>
            <source>OEE</source>
            <translation>OEE</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Sonstige</translation>
        </message>
        <message>
            <source>Overruled by operators</source>
            <translation>Von Bedienern überstimmt</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>Parts before</source>
            <translation>Teile vorher</translation>
        </message>
        <message>
            <source>Parts since</source>
            <translation>Teile seither</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Save CSV</source>
            <translation>CSV speichern</translation>
        </message>
        <message>
            <source>Say first which of the values can be set.</source>
            <translation>Sagen Sie zuerst, welche Werte einstellbar sind.</translation>
        </message>
        <message>
            <source>Set before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>Share of what is known (%)</source>
            <translation>Anteil am Bekannten (%)</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>Shift report (PDF)</source>
            <translation>Schichtbericht (PDF)</translation>
        </message>
        <message>
            <source>Show parts</source>
            <translation>Teile zeigen</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>Signal</translation>
        </message>
        <message>
            <source>Since {at}: {before}{arrow}{since}, {parts} parts: {result}</source>
            <translation>Seit {at}: {before}{arrow}{since}, {parts} Teile: {result}</translation>
        </message>
        <message>
            <source>Still good: serviced by plan</source>
            <translation>Noch gut: planmäßig gewartet</translation>
        </message>
        <message>
            <source>Suggested settings</source>
            <translation>Vorgeschlagene Einstellungen</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Too few bad parts to look for causes: {count} of at least {minimum}, among {parts} parts.</source>
            <translation>Zu wenige schlechte Teile, um Ursachen zu suchen: {count} von mindestens {minimum}, unter {parts} Teilen.</translation>
        </message>
        <message>
            <source>Too few parts with process values yet: {count} of {minimum}.</source>
            <translation>Noch zu wenige Teile mit Prozesswerten: {count} von {minimum}.</translation>
        </message>
        <message>
            <source>Too little to compare: it takes the model's first {first} parts, and {n} of this time.</source>
            <translation>Zu wenig zum Vergleichen: Nötig sind die ersten {first} Teile des Modells und {n} aus dieser Zeit.</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>Einheit</translation>
        </message>
        <message>
            <source>Upper limit</source>
            <translation>Obere Grenze</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>What can be set…</source>
            <translation>Was ist einstellbar…</translation>
        </message>
        <message>
            <source>What drives {defect}</source>
            <translation>Ursachen: {defect}</translation>
        </message>
        <message>
            <source>What drives {defect} · model of the line</source>
            <translation>Ursachen: {defect} · Modell der Linie</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Which machine was serviced?</source>
            <translation>Welche Maschine wurde gewartet?</translation>
        </message>
        <message>
            <source>Which parts are to be explained?</source>
            <translation>Welche Teile sollen erklärt werden?</translation>
        </message>
        <message>
            <source>Which values can be set?</source>
            <translation>Welche Werte sind einstellbar?</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Wer</translation>
        </message>
        <message>
            <source>Who follows this suggestion?</source>
            <translation>Wer folgt diesem Vorschlag?</translation>
        </message>
        <message>
            <source>Worn out, or it had failed</source>
            <translation>Verschlissen oder ausgefallen</translation>
        </message>
        <message>
            <source>Worse where</source>
            <translation>Schlechter wo</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>Geschrieben: {path}</translation>
        </message>
        <message>
            <source>almost is the result itself: known only afterwards?</source>
            <translation>ist fast das Ergebnis selbst: erst hinterher bekannt?</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>und {n} weitere</translation>
        </message>
        <message>
            <source>best in the middle</source>
            <translation>in der Mitte am besten</translation>
        </message>
        <message>
            <source>better, beyond chance</source>
            <translation>besser, mehr als Zufall</translation>
        </message>
        <message>
            <source>came only lately</source>
            <translation>kam erst kürzlich</translation>
        </message>
        <message>
            <source>comes no more</source>
            <translation>kommt nicht mehr</translation>
        </message>
        <message>
            <source>cycle {seconds} s</source>
            <translation>Takt {seconds} s</translation>
        </message>
        <message>
            <source>escapes {share}</source>
            <translation>Schlupf {share}</translation>
        </message>
        <message>
            <source>false rejects {share}</source>
            <translation>Pseudofehler {share}</translation>
        </message>
        <message>
            <source>may be chance</source>
            <translation>kann Zufall sein</translation>
        </message>
        <message>
            <source>never changes</source>
            <translation>ändert sich nie</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>no values of the settings since</source>
            <translation>seither keine Werte der Einstellungen</translation>
        </message>
        <message>
            <source>not yet proven</source>
            <translation>noch nicht bewiesen</translation>
        </message>
        <message>
            <source>of a bad and a good part it names the bad one {hits} times in 100 ({low}–{high}; chance: 50). {parts} parts, {bad} bad.</source>
            <translation>von einem schlechten und einem guten Teil nennt es in {hits} von 100 Fällen das schlechte ({low}–{high}; Zufall: 50). {parts} Teile, {bad} schlecht.</translation>
        </message>
        <message>
            <source>often missing</source>
            <translation>fehlt oft</translation>
        </message>
        <message>
            <source>pace unchanged</source>
            <translation>Takt unverändert</translation>
        </message>
        <message>
            <source>pace {change} parts/min</source>
            <translation>Takt {change} Teile/min</translation>
        </message>
        <message>
            <source>suggested</source>
            <translation>vorgeschlagen</translation>
        </message>
        <message>
            <source>the settings were not changed ({now})</source>
            <translation>die Einstellungen wurden nicht geändert ({now})</translation>
        </message>
        <message>
            <source>too few parts since ({n})</source>
            <translation>zu wenige Teile seither ({n})</translation>
        </message>
        <message>
            <source>worse when high</source>
            <translation>schlechter, wenn hoch</translation>
        </message>
        <message>
            <source>worse when low</source>
            <translation>schlechter, wenn niedrig</translation>
        </message>
        <message>
            <source>worse, beyond chance</source>
            <translation>schlechter, mehr als Zufall</translation>
        </message>
        <message>
            <source>worst in the middle</source>
            <translation>in der Mitte am schlechtesten</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>yield {share} of {parts}</source>
            <translation>Ausbeute {share} von {parts}</translation>
        </message>
        <message>
            <source>{count} of {n}</source>
            <translation>{count} von {n}</translation>
        </message>
        <message>
            <source>{hits} of 100 ({low}–{high}) · {parts} parts, {bad} bad</source>
            <translation>{hits} von 100 ({low}–{high}) · {parts} Teile, {bad} schlecht</translation>
        </message>
        <message>
            <source>{name} was serviced. How was it?</source>
            <translation>{name} wurde gewartet. Wie war der Zustand?</translation>
        </message>
        <message>
            <source>{n} parts reviewed</source>
            <translation>{n} Teile nachgeprüft</translation>
        </message>
        <message>
            <source>{n} persons, {day}</source>
            <translation>{n} Personen, {day}</translation>
        </message>
        <message>
            <source>{pace} parts/min</source>
            <translation>{pace} Teile/min</translation>
        </message>
        <message>
            <source>{since}–{until}: {bad} NG of {n} ({share}), limits {lower}–{upper}</source>
            <translation>{since}–{until}: {bad} n.i.O. von {n} ({share}), Grenzen {lower}–{upper}</translation>
        </message>
        <message>
            <source>± (%)</source>
            <translation>± (%)</translation>
        </message>
    </context>
    <context>
        <name>LineDrift</name>
        <message>
            <source>Brightness</source>
            <translation>Helligkeit</translation>
        </message>
        <message>
            <source>Check the focus, and clean the lens.</source>
            <translation>Prüfen Sie den Fokus, und reinigen Sie das Objektiv.</translation>
        </message>
        <message>
            <source>Check the focus, the distance and the parts' surface.</source>
            <translation>Prüfen Sie Fokus, Abstand und Oberfläche der Teile.</translation>
        </message>
        <message>
            <source>Check the ring light, and clean lens and light.</source>
            <translation>Prüfen Sie das Ringlicht, und reinigen Sie Objektiv und Licht.</translation>
        </message>
        <message>
            <source>Check the ring light, exposure and stray light.</source>
            <translation>Prüfen Sie Ringlicht, Belichtung und Fremdlicht.</translation>
        </message>
        <message>
            <source>Good parts come nearer to the limit: look at some.</source>
            <translation>Gute Teile kommen der Grenze näher: Sehen Sie einige an.</translation>
        </message>
        <message>
            <source>Prove with known bad parts that the station still sees them.</source>
            <translation>Prüfen Sie mit bekannten schlechten Teilen, ob die Station sie noch sieht.</translation>
        </message>
        <message>
            <source>Score of good parts</source>
            <translation>Wert guter Teile</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>Schärfe</translation>
        </message>
        <message>
            <source>The parts look other than those taught: look at some, teach them.</source>
            <translation>Die Teile sehen anders aus als die eingelernten: Sehen Sie einige an, und lernen Sie sie ein.</translation>
        </message>
        <message>
            <source>Unlikeness</source>
            <translation>Fremdheit</translation>
        </message>
        <message>
            <source>{name} as at the release.</source>
            <translation>{name} wie bei der Freigabe.</translation>
        </message>
        <message>
            <source>{name} creeping down since {at}.</source>
            <translation>{name} sinkt schleichend seit {at}.</translation>
        </message>
        <message>
            <source>{name} creeping up since {at}.</source>
            <translation>{name} steigt schleichend seit {at}.</translation>
        </message>
        <message>
            <source>{name} higher since {at}.</source>
            <translation>{name} höher seit {at}.</translation>
        </message>
        <message>
            <source>{name} lower since {at}.</source>
            <translation>{name} niedriger seit {at}.</translation>
        </message>
        <message>
            <source>{name} too high since {at}.</source>
            <translation>{name} zu hoch seit {at}.</translation>
        </message>
        <message>
            <source>{name} too low since {at}.</source>
            <translation>{name} zu niedrig seit {at}.</translation>
        </message>
    </context>
    <context>
        <name>LineHint</name>
        <message>
            <source>Fewer bad parts than usual: prove with known bad parts that the station still sees them.</source>
            <translation>Weniger schlechte Teile als sonst: Prüfen Sie mit bekannten schlechten Teilen, ob die Station sie noch sieht.</translation>
        </message>
        <message>
            <source>Good and bad by turns: compare nests, spindles or feeders.</source>
            <translation>Abwechselnd gut und schlecht: Vergleichen Sie Aufnahmen, Spindeln oder Zuführungen.</translation>
        </message>
        <message>
            <source>It gets worse step by step: look for what changes slowly – a tool that wears, heat, dirt.</source>
            <translation>Es wird Schritt für Schritt schlechter: Suchen Sie, was sich langsam ändert – ein Werkzeug, das verschleißt, Wärme, Schmutz.</translation>
        </message>
        <message>
            <source>Look at the bad parts of {since}–{until}: what do they have in common?</source>
            <translation>Sehen Sie die schlechten Teile von {since}–{until} an: Was haben sie gemeinsam?</translation>
        </message>
        <message>
            <source>More bad parts since about {since}: what was changed then – material, lot, tool, setting?</source>
            <translation>Mehr schlechte Teile seit etwa {since}: Was wurde da geändert – Material, Charge, Werkzeug, Einstellung?</translation>
        </message>
        <message>
            <source>Steadier than chance allows: is the centre still right, are all parts inspected?</source>
            <translation>Ruhiger, als der Zufall erlaubt: Stimmt die Mitte noch, werden alle Teile geprüft?</translation>
        </message>
        <message>
            <source>Two kinds are mixed: compare lots or machines.</source>
            <translation>Zwei Arten sind vermischt: Vergleichen Sie Chargen oder Maschinen.</translation>
        </message>
    </context>
    <context>
        <name>LineRule</name>
        <message>
            <source>14 up and down</source>
            <translation>14 auf und ab</translation>
        </message>
        <message>
            <source>15 too steady</source>
            <translation>15 zu ruhig</translation>
        </message>
        <message>
            <source>2 of 3 near the limit</source>
            <translation>2 von 3 nahe der Grenze</translation>
        </message>
        <message>
            <source>4 of 5 off centre</source>
            <translation>4 von 5 abseits der Mitte</translation>
        </message>
        <message>
            <source>6 falling</source>
            <translation>6 fallend</translation>
        </message>
        <message>
            <source>6 rising</source>
            <translation>6 steigend</translation>
        </message>
        <message>
            <source>8 above</source>
            <translation>8 darüber</translation>
        </message>
        <message>
            <source>8 below</source>
            <translation>8 darunter</translation>
        </message>
        <message>
            <source>8 in two groups</source>
            <translation>8 in zwei Gruppen</translation>
        </message>
        <message>
            <source>9 above</source>
            <translation>9 darüber</translation>
        </message>
        <message>
            <source>9 below</source>
            <translation>9 darunter</translation>
        </message>
        <message>
            <source>Eight points in a row beyond one sigma on both sides.</source>
            <translation>Acht Punkte hintereinander jenseits von einem Sigma, auf beiden Seiten.</translation>
        </message>
        <message>
            <source>Eight points in a row on one side of the centre.</source>
            <translation>Acht Punkte hintereinander auf einer Seite der Mitte.</translation>
        </message>
        <message>
            <source>Fifteen points in a row within one sigma.</source>
            <translation>Fünfzehn Punkte hintereinander innerhalb von einem Sigma.</translation>
        </message>
        <message>
            <source>Four of five points beyond one sigma on one side.</source>
            <translation>Vier von fünf Punkten jenseits von einem Sigma auf einer Seite.</translation>
        </message>
        <message>
            <source>Fourteen points in a row going up and down by turns.</source>
            <translation>Vierzehn Punkte hintereinander abwechselnd auf und ab.</translation>
        </message>
        <message>
            <source>Nine points in a row on one side of the centre.</source>
            <translation>Neun Punkte hintereinander auf einer Seite der Mitte.</translation>
        </message>
        <message>
            <source>One point beyond a limit.</source>
            <translation>Ein Punkt außerhalb einer Grenze.</translation>
        </message>
        <message>
            <source>Six points in a row rising, or falling.</source>
            <translation>Sechs Punkte hintereinander steigend oder fallend.</translation>
        </message>
        <message>
            <source>Two of three points beyond two sigma on one side.</source>
            <translation>Zwei von drei Punkten jenseits von zwei Sigma auf einer Seite.</translation>
        </message>
        <message>
            <source>out</source>
            <translation>außerhalb</translation>
        </message>
    </context>
    <context>
        <name>New</name>
        <message>
            <source>A name that everybody at the line knows.</source>
            <translation>Ein Name, den jeder an der Linie kennt.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Bad parts: {count}</source>
            <translation>Schlechte Teile: {count}</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>I have none: learn now</source>
            <translation>Ich habe keine: jetzt lernen</translation>
        </message>
        <message>
            <source>It has learnt, and judges from the next part on.</source>
            <translation>Es hat gelernt und urteilt ab dem nächsten Teil.</translation>
        </message>
        <message>
            <source>Lay a good part under the camera and take a picture. Then the next one: each part once, as it lies in production.</source>
            <translation>Legen Sie ein gutes Teil unter die Kamera und nehmen Sie ein Bild auf. Dann das nächste: jedes Teil einmal, so wie es in der Fertigung liegt.</translation>
        </message>
        <message>
            <source>Learn now</source>
            <translation>Jetzt lernen</translation>
        </message>
        <message>
            <source>Learning what a good part looks like</source>
            <translation>Lernt, wie ein gutes Teil aussieht</translation>
        </message>
        <message>
            <source>Look at its first verdicts on the Inspect page. What you decide there makes it better with the next lesson.</source>
            <translation>Sehen Sie sich die ersten Ergebnisse auf der Seite Prüfen an. Was Sie dort entscheiden, macht es mit der nächsten Lektion besser.</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>No picture from the camera yet</source>
            <translation>Noch kein Bild von der Kamera</translation>
        </message>
        <message>
            <source>Now bad parts, if you have some</source>
            <translation>Nun schlechte Teile, falls vorhanden</translation>
        </message>
        <message>
            <source>Show good parts to the camera</source>
            <translation>Zeigen Sie der Kamera gute Teile</translation>
        </message>
        <message>
            <source>Step {step} of {steps}</source>
            <translation>Schritt {step} von {steps}</translation>
        </message>
        <message>
            <source>Stop learning</source>
            <translation>Lernen anhalten</translation>
        </message>
        <message>
            <source>Such as Flange 120</source>
            <translation>Etwa Flansch 120</translation>
        </message>
        <message>
            <source>Take a folder of pictures instead…</source>
            <translation>Stattdessen einen Ordner mit Bildern nehmen…</translation>
        </message>
        <message>
            <source>Take a picture</source>
            <translation>Bild aufnehmen</translation>
        </message>
        <message>
            <source>Teach a new product</source>
            <translation>Neues Produkt lehren</translation>
        </message>
        <message>
            <source>The station goes on inspecting meanwhile.</source>
            <translation>Die Station prüft währenddessen weiter.</translation>
        </message>
        <message>
            <source>There is a product called {name} already.</source>
            <translation>Ein Produkt namens {name} gibt es schon.</translation>
        </message>
        <message>
            <source>This picture is there already. Lay another part under the camera.</source>
            <translation>Dieses Bild gibt es schon. Legen Sie ein anderes Teil unter die Kamera.</translation>
        </message>
        <message>
            <source>Three or more help to find such faults. Without any, all that looks unlike a good part is found.</source>
            <translation>Drei oder mehr helfen, solche Fehler zu finden. Ohne sie wird alles gefunden, was anders aussieht als ein gutes Teil.</translation>
        </message>
        <message>
            <source>What is the product called?</source>
            <translation>Wie heißt das Produkt?</translation>
        </message>
        <message>
            <source>{count} of {wanted} good parts</source>
            <translation>{count} von {wanted} guten Teilen</translation>
        </message>
        <message>
            <source>{product} is being inspected</source>
            <translation>{product} wird geprüft</translation>
        </message>
    </context>
    <context>
        <name>Pin</name>
        <message>
            <source>A PIN is set.</source>
            <translation>Es ist eine PIN gesetzt.</translation>
        </message>
        <message>
            <source>Administrator’s PIN</source>
            <translation>PIN des Administrators</translation>
        </message>
        <message>
            <source>At least 6 digits, and none that are guessed easily.</source>
            <translation>Mindestens 6 Ziffern, und keine, die leicht zu erraten sind.</translation>
        </message>
        <message>
            <source>Change the PIN…</source>
            <translation>PIN ändern …</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Wird geprüft …</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Delete the last digit</source>
            <translation>Letzte Ziffer löschen</translation>
        </message>
        <message>
            <source>Enter the PIN…</source>
            <translation>PIN eingeben …</translation>
        </message>
        <message>
            <source>Forgotten? Whoever may write the data folder sets a new one by the command “station pin set”.</source>
            <translation>Vergessen? Wer in den Datenordner schreiben darf, setzt mit dem Befehl „station pin set“ eine neue.</translation>
        </message>
        <message>
            <source>Inspecting goes on. Who has the administrator’s PIN can open it.</source>
            <translation>Die Prüfung läuft weiter. Wer die PIN des Administrators hat, kann sie öffnen.</translation>
        </message>
        <message>
            <source>It guards this page, and on the Teach page the release of a model, the way back to the former one, and teaching a new product. Ten minutes after the last touch, or by the key Lock, they are locked again.</source>
            <translation>Sie schützt diese Seite und auf der Seite Lehren die Freigabe eines Modells, den Weg zurück zum früheren und das Lehren eines neuen Produkts. Zehn Minuten nach der letzten Berührung oder mit der Taste Sperren ist wieder gesperrt.</translation>
        </message>
        <message>
            <source>New PIN</source>
            <translation>Neue PIN</translation>
        </message>
        <message>
            <source>New PIN once more</source>
            <translation>Neue PIN noch einmal</translation>
        </message>
        <message>
            <source>No PIN is set: whoever stands here may do all this.</source>
            <translation>Keine PIN gesetzt: Wer hier steht, darf all das.</translation>
        </message>
        <message>
            <source>Present PIN</source>
            <translation>Jetzige PIN</translation>
        </message>
        <message>
            <source>Remove the PIN…</source>
            <translation>PIN entfernen …</translation>
        </message>
        <message>
            <source>Set a PIN…</source>
            <translation>PIN setzen …</translation>
        </message>
        <message>
            <source>That is not the PIN. One more try, then there is a pause.</source>
            <translation>Das ist nicht die PIN. Noch ein Versuch, dann gibt es eine Pause.</translation>
        </message>
        <message>
            <source>That is not the PIN. {left} more tries.</source>
            <translation>Das ist nicht die PIN. Noch {left} Versuche.</translation>
        </message>
        <message>
            <source>The PIN can be entered again.</source>
            <translation>Die PIN kann wieder eingegeben werden.</translation>
        </message>
        <message>
            <source>The PIN is removed. Nothing asks for it any more.</source>
            <translation>Die PIN ist entfernt. Nichts fragt mehr danach.</translation>
        </message>
        <message>
            <source>The PIN is set.</source>
            <translation>Die PIN ist gesetzt.</translation>
        </message>
        <message>
            <source>They were not the same. Begin with the first.</source>
            <translation>Die beiden waren nicht gleich. Noch einmal von vorn.</translation>
        </message>
        <message>
            <source>They were not the same. Nothing was changed.</source>
            <translation>Die beiden waren nicht gleich. Es wurde nichts geändert.</translation>
        </message>
        <message>
            <source>This page is locked</source>
            <translation>Diese Seite ist gesperrt</translation>
        </message>
        <message>
            <source>Too many wrong tries. Wait {minutes}:{seconds}.</source>
            <translation>Zu viele falsche Versuche. Noch {minutes}:{seconds} warten.</translation>
        </message>
        <message>
            <source>{count} digits</source>
            <translation>{count} Ziffern</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>A {availability} · P {performance} · Q {quality}</source>
            <translation>V {availability} · L {performance} · Q {quality}</translation>
        </message>
        <message>
            <source>Advice for {product} was accepted</source>
            <translation>Vorschlag für {product} angenommen</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>Alarm</translation>
        </message>
        <message>
            <source>As at the release: {quantities}.</source>
            <translation>Wie bei der Freigabe: {quantities}.</translation>
        </message>
        <message>
            <source>As of {when}</source>
            <translation>Stand {when}</translation>
        </message>
        <message>
            <source>As signed</source>
            <translation>Wie unterschrieben</translation>
        </message>
        <message>
            <source>Availability</source>
            <translation>Verfügbarkeit</translation>
        </message>
        <message>
            <source>Breakdown</source>
            <translation>Aufteilung</translation>
        </message>
        <message>
            <source>Centre: {share} of the {n} parts before</source>
            <translation>Mittellinie: {share} der {n} Teile davor</translation>
        </message>
        <message>
            <source>Centre: {share}, the mean of these points</source>
            <translation>Mittellinie: {share}, der Mittelwert dieser Punkte</translation>
        </message>
        <message>
            <source>Check with known parts: failed</source>
            <translation>Prüfung mit bekannten Teilen: nicht bestanden</translation>
        </message>
        <message>
            <source>Check with known parts: not done</source>
            <translation>Prüfung mit bekannten Teilen: nicht erfolgt</translation>
        </message>
        <message>
            <source>Check with known parts: nothing was said about it</source>
            <translation>Prüfung mit bekannten Teilen: dazu wurde nichts gesagt</translation>
        </message>
        <message>
            <source>Check with known parts: passed</source>
            <translation>Prüfung mit bekannten Teilen: bestanden</translation>
        </message>
        <message>
            <source>Commonest defects</source>
            <translation>Häufigste Fehler</translation>
        </message>
        <message>
            <source>Cycle</source>
            <translation>Taktzeit</translation>
        </message>
        <message>
            <source>Defects{dot}Pareto</source>
            <translation>Fehler{dot}Pareto</translation>
        </message>
        <message>
            <source>Drift against the released model</source>
            <translation>Drift gegenüber dem freigegebenen Modell</translation>
        </message>
        <message>
            <source>Escapes</source>
            <translation>Schlupf</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>Ereignisse</translation>
        </message>
        <message>
            <source>False rejects</source>
            <translation>Pseudofehler</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Zahl</translation>
        </message>
        <message>
            <source>Figures as of {when}{dot}Station {version}</source>
            <translation>Zahlen vom Stand {when}{dot}Station {version}</translation>
        </message>
        <message>
            <source>Fraction NG per {size} parts{dot}p-chart</source>
            <translation>Anteil n.i.O. je {size} Teile{dot}p-Karte</translation>
        </message>
        <message>
            <source>Fraction NG{dot}p-chart</source>
            <translation>Anteil n.i.O.{dot}p-Karte</translation>
        </message>
        <message>
            <source>Good parts</source>
            <translation>Gute Teile</translation>
        </message>
        <message>
            <source>Hand-over</source>
            <translation>Schichtübergabe</translation>
        </message>
        <message>
            <source>Handed over by</source>
            <translation>Übergeben von</translation>
        </message>
        <message>
            <source>Handed over by {giver} to {taker}, {when}</source>
            <translation>Übergeben von {giver} an {taker}, {when}</translation>
        </message>
        <message>
            <source>Inspected for the first time</source>
            <translation>Erstmals geprüft</translation>
        </message>
        <message>
            <source>It still runs: these are the figures as of {when}.</source>
            <translation>Sie läuft noch: Das sind die Zahlen von {when}.</translation>
        </message>
        <message>
            <source>Known parts</source>
            <translation>Bekannte Teile</translation>
        </message>
        <message>
            <source>Line report</source>
            <translation>Linienbericht</translation>
        </message>
        <message>
            <source>Measured over {planned} of planned time without breaks, of which the line stood for {stopped}; number of stops: {stops}, each a gap longer than {longest} s. Performance is against an {ideal}. Quality is the share of good parts of all. Intervals hold with 95 %.</source>
            <translation>Gemessen über {planned} geplante Zeit ohne Pausen, davon Stillstand {stopped}; Anzahl der Stillstände: {stops}, jeder eine Lücke von mehr als {longest} s. Die Leistung bezieht sich auf: {ideal}. Qualität ist der Anteil guter Teile an allen. Intervalle gelten mit 95 %.</translation>
        </message>
        <message>
            <source>NG parts</source>
            <translation>n.i.O.-Teile</translation>
        </message>
        <message>
            <source>No NG part.</source>
            <translation>Kein n.i.O.-Teil.</translation>
        </message>
        <message>
            <source>No part came in this time.</source>
            <translation>In dieser Zeit kam kein Teil.</translation>
        </message>
        <message>
            <source>No signal: the share of NG parts is as steady as before.</source>
            <translation>Kein Signal: Der Anteil der n.i.O.-Teile ist so stabil wie zuvor.</translation>
        </message>
        <message>
            <source>No stop.</source>
            <translation>Kein Stillstand.</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>Nr.</translation>
        </message>
        <message>
            <source>Not inspected</source>
            <translation>Nicht geprüft</translation>
        </message>
        <message>
            <source>Not signed.</source>
            <translation>Nicht unterschrieben.</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Hinweise</translation>
        </message>
        <message>
            <source>Nothing to compare with: too few parts, now or when the model was released.</source>
            <translation>Kein Vergleich möglich: zu wenige Teile, jetzt oder bei der Freigabe des Modells.</translation>
        </message>
        <message>
            <source>Only: {what}</source>
            <translation>Nur: {what}</translation>
        </message>
        <message>
            <source>Open alarms</source>
            <translation>Offene Alarme</translation>
        </message>
        <message>
            <source>Open points</source>
            <translation>Offene Punkte</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>Sonstige</translation>
        </message>
        <message>
            <source>Overruled</source>
            <translation>Geändert</translation>
        </message>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>Seite {page} von {pages}</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>Passed at once</source>
            <translation>Auf Anhieb gut</translation>
        </message>
        <message>
            <source>Performance</source>
            <translation>Leistung</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>Qualität</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Nachprüfung</translation>
        </message>
        <message>
            <source>Services and accepted advice</source>
            <translation>Wartungen und angenommene Vorschläge</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>Shift report</source>
            <translation>Schichtbericht</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>Signal</translation>
        </message>
        <message>
            <source>Signals</source>
            <translation>Signale</translation>
        </message>
        <message>
            <source>Signed before, {when}: {giver} to {taker}</source>
            <translation>Zuvor unterschrieben, {when}: {giver} an {taker}</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Since it was signed these figures have changed:</source>
            <translation>Seit der Unterschrift haben sich diese Zahlen geändert:</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>Prüfplatz</translation>
        </message>
        <message>
            <source>Station {name}</source>
            <translation>Prüfplatz {name}</translation>
        </message>
        <message>
            <source>Stood</source>
            <translation>Stillstand</translation>
        </message>
        <message>
            <source>Stood, in seconds</source>
            <translation>Stillstand, in Sekunden</translation>
        </message>
        <message>
            <source>Stops</source>
            <translation>Stillstände</translation>
        </message>
        <message>
            <source>Taken over by</source>
            <translation>Übernommen von</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Bis</translation>
        </message>
        <message>
            <source>Waiting for review</source>
            <translation>Warten auf Nachprüfung</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Was geschah</translation>
        </message>
        <message>
            <source>What to look at</source>
            <translation>Was anzusehen ist</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>Ohne Namen</translation>
        </message>
        <message>
            <source>Yield</source>
            <translation>Ausbeute</translation>
        </message>
        <message>
            <source>and {count} more versions</source>
            <translation>und {count} weitere Versionen</translation>
        </message>
        <message>
            <source>and {count} more, see the table</source>
            <translation>und {count} weitere, siehe Tabelle (CSV)</translation>
        </message>
        <message>
            <source>and {count} shorter ones, {time} together</source>
            <translation>und {count} kürzere, zusammen {time}</translation>
        </message>
        <message>
            <source>ideal cycle {seconds} s, as set</source>
            <translation>ideale Taktzeit von {seconds} s, wie eingestellt</translation>
        </message>
        <message>
            <source>ideal cycle {seconds} s: the best pace that the line has shown</source>
            <translation>ideale Taktzeit von {seconds} s: der beste Takt, den die Linie gezeigt hat</translation>
        </message>
        <message>
            <source>limits after Laney, σz = {spread}</source>
            <translation>Grenzen nach Laney, σz = {spread}</translation>
        </message>
        <message>
            <source>limits at three sigma</source>
            <translation>Grenzen bei drei Sigma</translation>
        </message>
        <message>
            <source>limits by the binomial distribution</source>
            <translation>Grenzen nach der Binomialverteilung</translation>
        </message>
        <message>
            <source>median while it ran</source>
            <translation>Median, während sie lief</translation>
        </message>
        <message>
            <source>no golden picture is set for {products}</source>
            <translation>kein Referenzbild eingestellt für {products}</translation>
        </message>
        <message>
            <source>no such part was reviewed</source>
            <translation>kein solches Teil wurde nachgeprüft</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>of {n} reviewed</source>
            <translation>von {n} nachgeprüften</translation>
        </message>
        <message>
            <source>too few parts to tell the ideal cycle</source>
            <translation>noch unbekannte ideale Taktzeit (zu wenige Teile)</translation>
        </message>
        <message>
            <source>{last}, and {count} before</source>
            <translation>{last}, davor {count}</translation>
        </message>
        <message>
            <source>{machine} was serviced</source>
            <translation>{machine} wurde gewartet</translation>
        </message>
        <message>
            <source>{names} and {count} more</source>
            <translation>{names} und {count} weitere</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n} more</source>
            <translation>{n} weitere</translation>
        </message>
        <message>
            <source>{n} parts could not be inspected and were rejected</source>
            <translation>{n} Teile konnten nicht geprüft werden und wurden ausgeschleust</translation>
        </message>
        <message>
            <source>{n} parts wait for a decision</source>
            <translation>{n} Teile warten auf eine Entscheidung</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{recipe} v{version}, model {model} ({parts} parts)</source>
            <translation>{recipe} v{version}, Modell {model} ({parts} Teile)</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>Nothing waits for review</source>
            <translation>Nichts zu prüfen</translation>
        </message>
        <message>
            <source>Waiting for review: {count}</source>
            <translation>Zu prüfen: {count}</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} h</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
    </context>
    <context>
        <name>Setup</name>
        <message>
            <source>A folder of pictures</source>
            <translation>Ein Ordner mit Bildern</translation>
        </message>
        <message>
            <source>A part is inspected every so many seconds.</source>
            <translation>Alle so viele Sekunden wird ein Teil geprüft.</translation>
        </message>
        <message>
            <source>A person lays the part down, presses Inspect part and takes it away.</source>
            <translation>Eine Person legt das Teil hin, drückt Teil prüfen und nimmt es weg.</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Address (host:port)</source>
            <translation>Adresse (Rechner:Port)</translation>
        </message>
        <message>
            <source>Address of a stream…</source>
            <translation>Adresse eines Streams…</translation>
        </message>
        <message>
            <source>All settings ({count} more)</source>
            <translation>Alle Einstellungen ({count} weitere)</translation>
        </message>
        <message>
            <source>Arrows move by a pixel, Ctrl with arrows stretches. After a large change teach the model anew, or prove it: the golden sample is checked when you save.</source>
            <translation>Pfeiltasten schieben um ein Pixel, Strg mit Pfeilen dehnt. Nach einer großen Änderung das Modell neu lehren oder nachweisen: beim Sichern wird das Referenzmuster geprüft.</translation>
        </message>
        <message>
            <source>At the camera’s own input line</source>
            <translation>Am Eingang der Kamera</translation>
        </message>
        <message>
            <source>BUSY {busy} ms, VALID {valid} ms</source>
            <translation>BUSY {busy} ms, VALID {valid} ms</translation>
        </message>
        <message>
            <source>Back to {name}</source>
            <translation>Zurück zu {name}</translation>
        </message>
        <message>
            <source>Begin the test</source>
            <translation>Test beginnen</translation>
        </message>
        <message>
            <source>Being proven…</source>
            <translation>Wird nachgewiesen…</translation>
        </message>
        <message>
            <source>Black level</source>
            <translation>Schwarzwert</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Client</source>
            <translation>Client</translation>
        </message>
        <message>
            <source>Client: the station asks the PLC. Server: the PLC asks the station, at this address.</source>
            <translation>Client: die Station fragt die SPS. Server: die SPS fragt die Station, unter dieser Adresse.</translation>
        </message>
        <message>
            <source>DRY RUN: parts are inspected, the machine is told nothing.</source>
            <translation>TROCKENLAUF: Teile werden geprüft, der Maschine wird nichts gemeldet.</translation>
        </message>
        <message>
            <source>Deadline in ms, then NG</source>
            <translation>Frist in ms, danach NG</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Demo: drawn parts</source>
            <translation>Demo: gezeichnete Teile</translation>
        </message>
        <message>
            <source>Do it</source>
            <translation>Ausführen</translation>
        </message>
        <message>
            <source>Dry run: off</source>
            <translation>Trockenlauf: aus</translation>
        </message>
        <message>
            <source>Dry run: on</source>
            <translation>Trockenlauf: ein</translation>
        </message>
        <message>
            <source>Dry: parts are inspected, and the machine is left alone.</source>
            <translation>Trocken: Teile werden geprüft, die Maschine bleibt in Ruhe.</translation>
        </message>
        <message>
            <source>Encrypted (TLS)</source>
            <translation>Verschlüsselt (TLS)</translation>
        </message>
        <message>
            <source>End the simulation</source>
            <translation>Simulation beenden</translation>
        </message>
        <message>
            <source>End the test</source>
            <translation>Test beenden</translation>
        </message>
        <message>
            <source>Exposure by itself</source>
            <translation>Belichtung automatisch</translation>
        </message>
        <message>
            <source>Exposure time</source>
            <translation>Belichtungszeit</translation>
        </message>
        <message>
            <source>FROZEN</source>
            <translation>ANGEHALTEN</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>Weniger Einstellungen</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folder of pictures…</source>
            <translation>Ordner mit Bildern…</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>Bildrate</translation>
        </message>
        <message>
            <source>Freeze the picture and draw</source>
            <translation>Bild anhalten und zeichnen</translation>
        </message>
        <message>
            <source>Further options (name=value)</source>
            <translation>Weitere Optionen (Name=Wert)</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>Verstärkung</translation>
        </message>
        <message>
            <source>Gain by itself</source>
            <translation>Verstärkung automatisch</translation>
        </message>
        <message>
            <source>Heartbeat</source>
            <translation>Herzschlag</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>Höhe</translation>
        </message>
        <message>
            <source>How do the pictures come?</source>
            <translation>Wie kommen die Bilder?</translation>
        </message>
        <message>
            <source>Ignore an area</source>
            <translation>Bereich ausnehmen</translation>
        </message>
        <message>
            <source>Ignore {number}</source>
            <translation>Ausgenommen {number}</translation>
        </message>
        <message>
            <source>Ignored from now on: {area}</source>
            <translation>Ab jetzt ausgenommen: {area}</translation>
        </message>
        <message>
            <source>It is kept, and counts once the station is started anew.</source>
            <translation>Es ist gesichert und gilt, sobald die Station neu gestartet ist.</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Kept: it is set whenever the camera is opened.</source>
            <translation>Behalten: es wird bei jedem Öffnen der Kamera eingestellt.</translation>
        </message>
        <message>
            <source>Learn the hand-shake at the desk: a PLC in this computer asks for parts, as a real one would. The machine of before comes back when it ends.</source>
            <translation>Den Handshake am Schreibtisch lernen: eine SPS in diesem Rechner fordert Teile an wie eine echte. Danach ist die bisherige Maschine wieder da.</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Licht</translation>
        </message>
        <message>
            <source>Lines of text (TCP)</source>
            <translation>Textzeilen (TCP)</translation>
        </message>
        <message>
            <source>Live picture</source>
            <translation>Livebild</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Sperren</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Maschine</translation>
        </message>
        <message>
            <source>No longer ignored: {area}</source>
            <translation>Nicht mehr ausgenommen: {area}</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>Noch kein Bild</translation>
        </message>
        <message>
            <source>None: by hand</source>
            <translation>Keine: von Hand</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Ein</translation>
        </message>
        <message>
            <source>One for each part, by software</source>
            <translation>Eines je Teil, per Software</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>Pictures come by themselves</source>
            <translation>Bilder kommen von selbst</translation>
        </message>
        <message>
            <source>Pixel format</source>
            <translation>Pixelformat</translation>
        </message>
        <message>
            <source>Put back</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Ready by itself</source>
            <translation>Von selbst bereit</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>Bereich</translation>
        </message>
        <message>
            <source>Region: {before} → {after}</source>
            <translation>Bereich: {before} → {after}</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>Results for MES and dashboards. No part is released by it.</source>
            <translation>Ergebnisse für MES und Anzeigen. Damit wird kein Teil freigegeben.</translation>
        </message>
        <message>
            <source>SIMULATED PLC: the real machine is not served.</source>
            <translation>SIMULIERTE SPS: die echte Maschine wird nicht bedient.</translation>
        </message>
        <message>
            <source>Save as a new version of {name}?</source>
            <translation>Als neue Version von {name} sichern?</translation>
        </message>
        <message>
            <source>Save: it counts from the next part on</source>
            <translation>Sichern: gilt ab dem nächsten Teil</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Sichern…</translation>
        </message>
        <message>
            <source>Search again</source>
            <translation>Neu suchen</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>Suche läuft…</translation>
        </message>
        <message>
            <source>Seconds from part to part</source>
            <translation>Sekunden von Teil zu Teil</translation>
        </message>
        <message>
            <source>Security</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Serve the simulated PLC instead of “{name}”? It comes back when the simulation ends.</source>
            <translation>Statt „{name}“ die simulierte SPS bedienen? Danach ist die bisherige Maschine wieder da.</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>Schärfe</translation>
        </message>
        <message>
            <source>Signals</source>
            <translation>Signale</translation>
        </message>
        <message>
            <source>Simulated PLC</source>
            <translation>Simulierte SPS</translation>
        </message>
        <message>
            <source>Start the simulated PLC</source>
            <translation>Simulierte SPS starten</translation>
        </message>
        <message>
            <source>Start the simulated PLC…</source>
            <translation>Simulierte SPS starten…</translation>
        </message>
        <message>
            <source>Stream</source>
            <translation>Stream</translation>
        </message>
        <message>
            <source>TEST: no part is inspected, outputs do what is pressed here.</source>
            <translation>TEST: kein Teil wird geprüft, die Ausgänge tun, was hier gedrückt wird.</translation>
        </message>
        <message>
            <source>Take commands</source>
            <translation>Befehle annehmen</translation>
        </message>
        <message>
            <source>Test the outputs? No part is inspected meanwhile, and each output does what you press. Make sure that nobody is near the machine.</source>
            <translation>Ausgänge testen? Währenddessen wird kein Teil geprüft, und jeder Ausgang tut, was Sie drücken. Sorgen Sie dafür, dass niemand an der Maschine ist.</translation>
        </message>
        <message>
            <source>Test the outputs…</source>
            <translation>Ausgänge testen…</translation>
        </message>
        <message>
            <source>The address of a stream, such as rtsp://camera/1</source>
            <translation>Die Adresse eines Streams, etwa rtsp://kamera/1</translation>
        </message>
        <message>
            <source>The areas to ignore cover all of the region. Make them smaller.</source>
            <translation>Die ausgenommenen Bereiche bedecken den ganzen Prüfbereich. Verkleinern Sie sie.</translation>
        </message>
        <message>
            <source>The line looks through {camera} now.</source>
            <translation>Die Linie sieht jetzt durch {camera}.</translation>
        </message>
        <message>
            <source>The line serves {name} now.</source>
            <translation>Die Linie bedient jetzt {name}.</translation>
        </message>
        <message>
            <source>The line takes over the machine…</source>
            <translation>Die Linie übernimmt die Maschine…</translation>
        </message>
        <message>
            <source>The line takes over the other camera…</source>
            <translation>Die Linie übernimmt die andere Kamera…</translation>
        </message>
        <message>
            <source>The simulation has ended; the machine of before is served.</source>
            <translation>Die Simulation ist beendet; die bisherige Maschine wird bedient.</translation>
        </message>
        <message>
            <source>The station connects to a controller that speaks lines of text.</source>
            <translation>Die Station verbindet sich mit einer Steuerung, die Textzeilen spricht.</translation>
        </message>
        <message>
            <source>The station is</source>
            <translation>Die Station ist</translation>
        </message>
        <message>
            <source>The station is the server. The password is in STATION_OPCUA_PASSWORD or the keyring.</source>
            <translation>Die Station ist der Server. Das Passwort steht in STATION_OPCUA_PASSWORD oder im Schlüsselbund.</translation>
        </message>
        <message>
            <source>The station runs dry now.</source>
            <translation>Die Station läuft jetzt trocken.</translation>
        </message>
        <message>
            <source>The station was started with another camera, {camera}, which goes on. Start it anew without --camera and --source.</source>
            <translation>Die Station wurde mit einer anderen Kamera gestartet, {camera}; die bleibt. Starten Sie sie neu, ohne --camera und --source.</translation>
        </message>
        <message>
            <source>Timer</source>
            <translation>Zeitgeber</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>Thema (Topic)</translation>
        </message>
        <message>
            <source>Trigger</source>
            <translation>Trigger</translation>
        </message>
        <message>
            <source>Trigger source</source>
            <translation>Triggerquelle</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>Gerätenummer</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>Diese Kamera benutzen</translation>
        </message>
        <message>
            <source>Use this machine</source>
            <translation>Diese Maschine benutzen</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Benutzer</translation>
        </message>
        <message>
            <source>Version {version} of {name} is in use from the next part on.</source>
            <translation>Version {version} von {name} gilt ab dem nächsten Teil.</translation>
        </message>
        <message>
            <source>Video file</source>
            <translation>Videodatei</translation>
        </message>
        <message>
            <source>Web camera</source>
            <translation>Webkamera</translation>
        </message>
        <message>
            <source>What does the station serve?</source>
            <translation>Was bedient die Station?</translation>
        </message>
        <message>
            <source>What was changed lasts until the line ends, unless it is kept.</source>
            <translation>Geändertes gilt, bis die Linie endet, wenn Sie es nicht behalten.</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>Ganzes Bild</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>Breite</translation>
        </message>
        <message>
            <source>as needed</source>
            <translation>nach Bedarf</translation>
        </message>
        <message>
            <source>at its best</source>
            <translation>am schärfsten</translation>
        </message>
        <message>
            <source>good</source>
            <translation>gut</translation>
        </message>
        <message>
            <source>in</source>
            <translation>Eingang</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>belegt</translation>
        </message>
        <message>
            <source>mean {mean} · white {white} · black {black}</source>
            <translation>Ø {mean} · weiß {white} · schwarz {black}</translation>
        </message>
        <message>
            <source>no answer in time</source>
            <translation>keine Antwort in der Frist</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>out</source>
            <translation>Ausgang</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>freigegeben</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>ausgeschleust</translation>
        </message>
        <message>
            <source>softer</source>
            <translation>war schärfer</translation>
        </message>
        <message>
            <source>too bright</source>
            <translation>zu hell</translation>
        </message>
        <message>
            <source>too dark</source>
            <translation>zu dunkel</translation>
        </message>
        <message>
            <source>whole picture</source>
            <translation>ganzes Bild</translation>
        </message>
        <message>
            <source>{now} · best {best}</source>
            <translation>{now} · Bestwert {best}</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>fault</source>
            <translation>Störung</translation>
        </message>
        <message>
            <source>inspecting</source>
            <translation>prüft</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>startet</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>gestoppt</translation>
        </message>
        <message>
            <source>stopping</source>
            <translation>stoppt</translation>
        </message>
    </context>
    <context>
        <name>Study</name>
        <message>
            <source>1 trial</source>
            <translation>1 Durchgang</translation>
        </message>
        <message>
            <source>A third of the parts is taken from near the limits, the rest half good and half bad. Everybody sees them in an order of their own, and nobody sees what the model or another person said.</source>
            <translation>Ein Drittel der Teile liegt nahe an den Grenzen, der Rest ist halb gut, halb schlecht. Jeder sieht sie in eigener Reihenfolge, und niemand sieht, was das Modell oder ein anderer gesagt hat.</translation>
        </message>
        <message>
            <source>Acceptable (AIAG MSA): effectiveness 90 % or more, misses 2 % or less, false alarms 5 % or less; marginal: 80 %, 5 %, 10 %. κ: 0.75 or more is good, below 0.40 poor. “Not proven”: with so few parts another class is possible too.</source>
            <translation>Annehmbar (AIAG MSA): Effektivität ab 90 %, Schlupf bis 2 %, Pseudofehler bis 5 %; grenzwertig: 80 %, 5 %, 10 %. κ: ab 0,75 gut, unter 0,40 schlecht. „Nicht bewiesen“: Bei so wenigen Teilen ist auch eine andere Klasse möglich.</translation>
        </message>
        <message>
            <source>Agreement study</source>
            <translation>Übereinstimmungsstudie</translation>
        </message>
        <message>
            <source>All judges together</source>
            <translation>Alle Prüfer zusammen</translation>
        </message>
        <message>
            <source>All words (CSV)…</source>
            <translation>Alle Urteile (CSV) …</translation>
        </message>
        <message>
            <source>An expert judges each of the {count} parts once, before anybody else, and with all the time it takes. That is what the others are measured by.</source>
            <translation>Ein Experte beurteilt jedes der {count} Teile einmal, vor allen anderen und mit aller Zeit, die es braucht. Daran werden die anderen gemessen.</translation>
        </message>
        <message>
            <source>An expert judges first</source>
            <translation>Ein Experte urteilt zuerst</translation>
        </message>
        <message>
            <source>Begun {time}</source>
            <translation>Begonnen {time}</translation>
        </message>
        <message>
            <source>Choose the parts</source>
            <translation>Teile auswählen</translation>
        </message>
        <message>
            <source>Cohen's κ of each pair</source>
            <translation>Cohens κ je Paar</translation>
        </message>
        <message>
            <source>Confirmed labels</source>
            <translation>Bestätigte Klassen</translation>
        </message>
        <message>
            <source>Disputed part {place} of {count} · {part}</source>
            <translation>Strittiges Teil {place} von {count} · {part}</translation>
        </message>
        <message>
            <source>Each judge against the reference</source>
            <translation>Jeder Prüfer gegen die Referenz</translation>
        </message>
        <message>
            <source>Earlier studies…</source>
            <translation>Frühere Studien …</translation>
        </message>
        <message>
            <source>Effectiveness</source>
            <translation>Effektivität</translation>
        </message>
        <message>
            <source>Effectiveness: parts judged right in every trial, of all. Misses: bad parts called OK, of all judgements of bad parts. False alarms: good parts called NG, of all judgements of good ones. Below each the 95 % interval; it counts parts, for judging a part again proves no more.</source>
            <translation>Effektivität: in jedem Durchgang richtig beurteilte Teile, von allen. Schlupf: schlechte Teile als i.O. beurteilt, von allen Urteilen über schlechte. Pseudofehler: gute Teile als n.i.O. beurteilt, von allen Urteilen über gute. Darunter jeweils das 95-%-Intervall; es zählt Teile, denn ein Teil nochmals zu beurteilen beweist nicht mehr.</translation>
        </message>
        <message>
            <source>Everybody was right about every part.</source>
            <translation>Alle hatten bei jedem Teil recht.</translation>
        </message>
        <message>
            <source>False alarms</source>
            <translation>Pseudofehler</translation>
        </message>
        <message>
            <source>Fleiss' κ among the persons</source>
            <translation>Fleiss' κ unter den Personen</translation>
        </message>
        <message>
            <source>Fleiss' κ with the station</source>
            <translation>Fleiss' κ mit der Station</translation>
        </message>
        <message>
            <source>How well do people and station agree?</source>
            <translation>Wie gut stimmen Personen und Station überein?</translation>
        </message>
        <message>
            <source>How well people and station agree</source>
            <translation>Wie gut Personen und Station übereinstimmen</translation>
        </message>
        <message>
            <source>Is this part good?</source>
            <translation>Ist dieses Teil gut?</translation>
        </message>
        <message>
            <source>Judge</source>
            <translation>Prüfer</translation>
        </message>
        <message>
            <source>Judge as you would at the line. There is no third answer: who is not sure decides.</source>
            <translation>Urteilen Sie wie an der Linie. Eine dritte Antwort gibt es nicht: Auch wer unsicher ist, entscheidet.</translation>
        </message>
        <message>
            <source>Leave this part out</source>
            <translation>Dieses Teil weglassen</translation>
        </message>
        <message>
            <source>Misses</source>
            <translation>Schlupf</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Next part</source>
            <translation>Nächstes Teil</translation>
        </message>
        <message>
            <source>Nobody has gone through all parts yet.</source>
            <translation>Noch niemand hat alle Teile beurteilt.</translation>
        </message>
        <message>
            <source>Of which product?</source>
            <translation>Von welchem Produkt?</translation>
        </message>
        <message>
            <source>One person alone: nothing is learnt of how persons agree.</source>
            <translation>Eine Person allein: Wie Personen untereinander übereinstimmen, bleibt offen.</translation>
        </message>
        <message>
            <source>One person at a time, alone at the screen. Each word is kept at once: stop whenever you like, and go on later.</source>
            <translation>Einer nach dem anderen, allein am Bildschirm. Jedes Urteil ist sofort gespeichert: Hören Sie auf, wann Sie wollen, und machen Sie später weiter.</translation>
        </message>
        <message>
            <source>One trial: nothing is learnt of how a person repeats himself.</source>
            <translation>Ein Durchgang: Wie gut jemand sein Urteil wiederholt, bleibt offen.</translation>
        </message>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>Seite {page} von {pages}</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>Parts left out because their pictures are gone: {n}.</source>
            <translation>Weggelassene Teile, deren Bilder fehlen: {n}.</translation>
        </message>
        <message>
            <source>Parts of which all persons always said the same</source>
            <translation>Teile, über die alle Personen immer dasselbe sagten</translation>
        </message>
        <message>
            <source>Parts that were judged wrong</source>
            <translation>Falsch beurteilte Teile</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Previous part</source>
            <translation>Voriges Teil</translation>
        </message>
        <message>
            <source>Print (PDF)…</source>
            <translation>Drucken (PDF) …</translation>
        </message>
        <message>
            <source>Quality engineer</source>
            <translation>Qualitätsingenieur</translation>
        </message>
        <message>
            <source>Reference</source>
            <translation>Referenz</translation>
        </message>
        <message>
            <source>Reference: judged by {name}</source>
            <translation>Referenz: beurteilt von {name}</translation>
        </message>
        <message>
            <source>Reference: labels that persons confirmed</source>
            <translation>Referenz: von Personen bestätigte Klassen</translation>
        </message>
        <message>
            <source>Reference: {word}</source>
            <translation>Referenz: {word}</translation>
        </message>
        <message>
            <source>Repeatability</source>
            <translation>Wiederholung</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Several people judge the same parts several times, without knowing what others said. The station judges them too.</source>
            <translation>Mehrere Personen beurteilen dieselben Teile mehrmals, ohne zu wissen, was andere gesagt haben. Die Station beurteilt sie auch.</translation>
        </message>
        <message>
            <source>So far: {done} of {people} people. Who has seen this should not judge any more.</source>
            <translation>Bisher {done} von {people} Personen. Wer das gesehen hat, sollte nicht mehr urteilen.</translation>
        </message>
        <message>
            <source>Start judging</source>
            <translation>Urteilen</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>Prüfplatz</translation>
        </message>
        <message>
            <source>The AIAG advises about 50 parts, 3 people and 3 trials.</source>
            <translation>Die AIAG rät zu etwa 50 Teilen, 3 Personen und 3 Durchgängen.</translation>
        </message>
        <message>
            <source>The parts are being chosen; the station looks at them…</source>
            <translation>Die Teile werden ausgewählt; die Station sieht sie an …</translation>
        </message>
        <message>
            <source>The picture is not at hand. This part cannot be judged.</source>
            <translation>Das Bild ist nicht da. Dieses Teil kann nicht beurteilt werden.</translation>
        </message>
        <message>
            <source>The station is not among the judges: it has no word on them.</source>
            <translation>Die Station ist nicht unter den Prüfern: Sie hat zu diesen Teilen nichts gesagt.</translation>
        </message>
        <message>
            <source>The station judges each picture once: the same picture gives the same word every time. How it repeats with a new picture of the same part is not known from this.</source>
            <translation>Die Station beurteilt jedes Bild einmal: Dasselbe Bild ergibt jedes Mal dasselbe Urteil. Wie sie sich bei einem neuen Bild desselben Teils wiederholt, ist daraus nicht zu erfahren.</translation>
        </message>
        <message>
            <source>The station was not sure of {count} parts (Review). They count as NG: they do not pass.</source>
            <translation>Bei {count} Teilen war die Station unsicher (zu prüfen). Sie zählen als n.i.O.: Sie gehen nicht durch.</translation>
        </message>
        <message>
            <source>The station's words are those of the records.</source>
            <translation>Die Urteile der Station sind die der Aufzeichnungen.</translation>
        </message>
        <message>
            <source>There are no parts to judge yet. Inspect some first.</source>
            <translation>Es gibt noch keine Teile zu beurteilen. Prüfen Sie zuerst einige.</translation>
        </message>
        <message>
            <source>There is no bad part, so nothing is known of misses, nor is κ.</source>
            <translation>Es gibt kein schlechtes Teil, also weiß man nichts über den Schlupf, und kein κ.</translation>
        </message>
        <message>
            <source>There is no good part, so nothing is known of false alarms, nor is κ.</source>
            <translation>Es gibt kein gutes Teil, also weiß man nichts über Pseudofehler, und kein κ.</translation>
        </message>
        <message>
            <source>This study is for {count} people.</source>
            <translation>Diese Studie ist für {count} Personen.</translation>
        </message>
        <message>
            <source>Trials of each</source>
            <translation>Durchgänge je Person</translation>
        </message>
        <message>
            <source>What is right is known from</source>
            <translation>Was richtig ist, sagen</translation>
        </message>
        <message>
            <source>Who gives the reference?</source>
            <translation>Wer gibt die Referenz?</translation>
        </message>
        <message>
            <source>Who judges now?</source>
            <translation>Wer urteilt jetzt?</translation>
        </message>
        <message>
            <source>Who misses none of about {bad} bad parts may still miss up to {most} of them.</source>
            <translation>Wer keines von etwa {bad} schlechten Teilen übersieht, kann dennoch bis zu {most} davon übersehen.</translation>
        </message>
        <message>
            <source>Who misses none of {bad} bad parts may still miss up to {most} of them; to prove 2 %, {needed} bad parts are needed.</source>
            <translation>Wer keines von {bad} schlechten Teilen übersieht, kann dennoch bis zu {most} davon übersehen; um 2 % zu beweisen, braucht es {needed} schlechte Teile.</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>Geschrieben: {path}</translation>
        </message>
        <message>
            <source>acceptable</source>
            <translation>annehmbar</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>marginal</source>
            <translation>grenzwertig</translation>
        </message>
        <message>
            <source>not acceptable</source>
            <translation>nicht annehmbar</translation>
        </message>
        <message>
            <source>not defined</source>
            <translation>nicht definiert</translation>
        </message>
        <message>
            <source>same picture, same word</source>
            <translation>gleiches Bild, gleiches Urteil</translation>
        </message>
        <message>
            <source>{class_}, not proven</source>
            <translation>{class_}, nicht bewiesen</translation>
        </message>
        <message>
            <source>{count} judgements, about {minutes} min for each person.</source>
            <translation>{count} Urteile, etwa {minutes} min für jede Person.</translation>
        </message>
        <message>
            <source>{count} trials</source>
            <translation>{count} Durchgänge</translation>
        </message>
        <message>
            <source>{done} of {count} parts judged</source>
            <translation>{done} von {count} Teilen beurteilt</translation>
        </message>
        <message>
            <source>{done} of {wanted}</source>
            <translation>{done} von {wanted}</translation>
        </message>
        <message>
            <source>{good} good and {bad} bad parts by the reference.</source>
            <translation>{good} gute und {bad} schlechte Teile nach der Referenz.</translation>
        </message>
        <message>
            <source>{good} good and {bad} bad parts with a label, {records} inspected</source>
            <translation>Benannt: {good} gute und {bad} schlechte Teile; geprüft: {records}</translation>
        </message>
        <message>
            <source>{name} gave the reference. Somebody else must judge.</source>
            <translation>{name} hat die Referenz gegeben. Jemand anderes muss urteilen.</translation>
        </message>
        <message>
            <source>{name} has finished trial {trial}. Take a break, let somebody else judge, or go on.</source>
            <translation>{name} hat Durchgang {trial} beendet. Machen Sie eine Pause, lassen Sie jemand anderen urteilen, oder machen Sie weiter.</translation>
        </message>
        <message>
            <source>{name} has judged everything.</source>
            <translation>{name} hat alles beurteilt.</translation>
        </message>
        <message>
            <source>{name} · reference</source>
            <translation>{name} · Referenz</translation>
        </message>
        <message>
            <source>{name} · trial {trial} of {trials}</source>
            <translation>{name} · Durchgang {trial} von {trials}</translation>
        </message>
        <message>
            <source>{product} · {parts} parts × {people} people × {trials} trials</source>
            <translation>{product} · {parts} Teile × {people} Personen × {trials} Durchgänge</translation>
        </message>
        <message>
            <source>{product} · {time} · {done} of {wanted}</source>
            <translation>{product} · {time} · {done} von {wanted}</translation>
        </message>
        <message>
            <source>κ with the reference</source>
            <translation>κ mit der Referenz</translation>
        </message>
        <message>
            <source>… and that was right</source>
            <translation>… und das war richtig</translation>
        </message>
    </context>
    <context>
        <name>Teach</name>
        <message>
            <source>1 image</source>
            <translation>1 Bild</translation>
        </message>
        <message>
            <source>5-fold accuracy</source>
            <translation>5-fache Richtigkeit</translation>
        </message>
        <message>
            <source>A ZIP file of such a folder</source>
            <translation>Eine ZIP-Datei eines solchen Ordners</translation>
        </message>
        <message>
            <source>A folder for each class</source>
            <translation>Ein Ordner je Klasse</translation>
        </message>
        <message>
            <source>A folder: a folder in it for each class, or a list</source>
            <translation>Ein Ordner: darin ein Ordner je Klasse oder eine Liste</translation>
        </message>
        <message>
            <source>All lots</source>
            <translation>Alle Lose</translation>
        </message>
        <message>
            <source>All times</source>
            <translation>Alle Zeiten</translation>
        </message>
        <message>
            <source>At most {most} escapes</source>
            <translation>Höchstens {most} Schlupf</translation>
        </message>
        <message>
            <source>Back to {version}</source>
            <translation>Zurück zu {version}</translation>
        </message>
        <message>
            <source>Bad parts escaped</source>
            <translation>Schlechte Teile sind durchgegangen</translation>
        </message>
        <message>
            <source>Bad: such a part fails</source>
            <translation>Schlecht: so ein Teil fällt durch</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Voriges</translation>
        </message>
        <message>
            <source>Candidate {version}</source>
            <translation>Kandidat {version}</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Comparing image sizes</source>
            <translation>Bildgrößen werden verglichen</translation>
        </message>
        <message>
            <source>Comparing ways to learn: {n} of {count}</source>
            <translation>Lernwege im Vergleich: {n} von {count}</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Entf</translation>
        </message>
        <message>
            <source>Drag the limits, or move them with the arrow keys</source>
            <translation>Ziehen Sie die Grenzen, oder bewegen Sie sie mit den Pfeiltasten</translation>
        </message>
        <message>
            <source>End the shadow run</source>
            <translation>Schattenlauf beenden</translation>
        </message>
        <message>
            <source>Escapes (bad passed)</source>
            <translation>Schlupf (schlecht durch)</translation>
        </message>
        <message>
            <source>Every image has its class. Nothing is left to review.</source>
            <translation>Jedes Bild hat seine Klasse. Es gibt nichts mehr zu prüfen.</translation>
        </message>
        <message>
            <source>Export the data set as</source>
            <translation>Datensatz ausgeben als</translation>
        </message>
        <message>
            <source>Export to an empty folder</source>
            <translation>In einen leeren Ordner ausgeben</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Ausgeben…</translation>
        </message>
        <message>
            <source>False rejects (good failed)</source>
            <translation>Pseudofehler (gut raus)</translation>
        </message>
        <message>
            <source>Fewer escapes</source>
            <translation>Weniger Schlupf</translation>
        </message>
        <message>
            <source>Fewer false rejects</source>
            <translation>Weniger Pseudofehler</translation>
        </message>
        <message>
            <source>First model</source>
            <translation>Erstes Modell</translation>
        </message>
        <message>
            <source>Freezing the data set</source>
            <translation>Datensatz wird festgehalten</translation>
        </message>
        <message>
            <source>Go back to {version} from the next part on. Why?</source>
            <translation>Ab dem nächsten Teil zurück zu {version}. Warum?</translation>
        </message>
        <message>
            <source>Good: such a part passes</source>
            <translation>Gut: so ein Teil geht durch</translation>
        </message>
        <message>
            <source>Held out for test</source>
            <translation>Für Test zurückgehalten</translation>
        </message>
        <message>
            <source>How many of the bad parts may pass, at most?</source>
            <translation>Wie viele der schlechten Teile dürfen höchstens durchgehen?</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Import from</source>
            <translation>Einlesen aus</translation>
        </message>
        <message>
            <source>Import images of this product</source>
            <translation>Bilder dieses Produkts einlesen</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Einlesen…</translation>
        </message>
        <message>
            <source>In shadow: agrees on {parts} parts</source>
            <translation>Schatten: bei {parts} Teilen einig</translation>
        </message>
        <message>
            <source>In shadow: no part seen yet</source>
            <translation>Schatten: noch kein Teil gesehen</translation>
        </message>
        <message>
            <source>In shadow: {count} of {parts} parts differ</source>
            <translation>Schatten: {count} von {parts} Teilen anders</translation>
        </message>
        <message>
            <source>In use: {ours} {score} · shadow: {theirs} {other}</source>
            <translation>Im Einsatz: {ours} {score} · Schatten: {theirs} {other}</translation>
        </message>
        <message>
            <source>It was only a trial</source>
            <translation>Es war nur ein Versuch</translation>
        </message>
        <message>
            <source>Judge by {version} with review from {low}, NG from {high}. Why?</source>
            <translation>Nach {version} urteilen: Prüfen ab {low}, n.i.O. ab {high}. Warum?</translation>
        </message>
        <message>
            <source>Label {count} as</source>
            <translation>{count} Bilder sind</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>Letzte 30 Tage</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>Lernt</translation>
        </message>
        <message>
            <source>Learning from {learns} images, testing on {tests} kept back</source>
            <translation>Lernt aus {learns} Bildern, geprüft an {tests} zurückgehaltenen</translation>
        </message>
        <message>
            <source>Likely mislabelled</source>
            <translation>Wohl falsch benannt</translation>
        </message>
        <message>
            <source>Looking at images</source>
            <translation>Bilder werden betrachtet</translation>
        </message>
        <message>
            <source>Lot: {lot}</source>
            <translation>Los: {lot}</translation>
        </message>
        <message>
            <source>New class</source>
            <translation>Neue Klasse</translation>
        </message>
        <message>
            <source>New kind of defect</source>
            <translation>Neue Fehlerart</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>No figures yet</source>
            <translation>Noch keine Zahlen</translation>
        </message>
        <message>
            <source>No image is kept back yet. The first lesson chooses them.</source>
            <translation>Noch ist kein Bild zurückgehalten. Die erste Lektion wählt sie aus.</translation>
        </message>
        <message>
            <source>No image is set aside.</source>
            <translation>Kein Bild ist beiseitegelegt.</translation>
        </message>
        <message>
            <source>No images of this class yet. Import a folder, or choose images in Unreviewed and give them this class.</source>
            <translation>Noch keine Bilder dieser Klasse. Lesen Sie einen Ordner ein, oder wählen Sie unter Ungeprüft Bilder und geben Sie ihnen diese Klasse.</translation>
        </message>
        <message>
            <source>No label looks wrong. Each lesson looks for them again.</source>
            <translation>Kein Name sieht falsch aus. Jede Lektion sucht von Neuem danach.</translation>
        </message>
        <message>
            <source>No operator has said something else than the model.</source>
            <translation>Kein Bediener hat etwas anderes gesagt als das Modell.</translation>
        </message>
        <message>
            <source>No product is inspected. Teach a new product to begin.</source>
            <translation>Es wird kein Produkt geprüft. Lehren Sie zuerst ein neues Produkt.</translation>
        </message>
        <message>
            <source>No such images in this lot and time. Choose all to see more.</source>
            <translation>Keine solchen Bilder in diesem Los und dieser Zeit. Wählen Sie alle, um mehr zu sehen.</translation>
        </message>
        <message>
            <source>Nothing judges parts of this product yet.</source>
            <translation>Noch urteilt nichts über Teile dieses Produkts.</translation>
        </message>
        <message>
            <source>Of which lot?</source>
            <translation>Aus welchem Los?</translation>
        </message>
        <message>
            <source>Of which time?</source>
            <translation>Aus welcher Zeit?</translation>
        </message>
        <message>
            <source>On the same {count} kept-back parts</source>
            <translation>An denselben {count} zurückgehaltenen Teilen</translation>
        </message>
        <message>
            <source>Operator overruled</source>
            <translation>Vom Bediener geändert</translation>
        </message>
        <message>
            <source>Or another reason</source>
            <translation>Oder ein anderer Grund</translation>
        </message>
        <message>
            <source>Or per cent, such as 0.5</source>
            <translation>Oder Prozent, etwa 0,5</translation>
        </message>
        <message>
            <source>Part or light has changed</source>
            <translation>Teil oder Licht hat sich geändert</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Proven: at most {high} escape.</source>
            <translation>Bewiesen: höchstens {high} Schlupf.</translation>
        </message>
        <message>
            <source>Proven: at most {high} escape. {needed} bad parts could prove {most}.</source>
            <translation>Bewiesen: höchstens {high} Schlupf. {needed} schlechte Teile könnten {most} beweisen.</translation>
        </message>
        <message>
            <source>Put {version} in use</source>
            <translation>{version} einsetzen</translation>
        </message>
        <message>
            <source>Put {version} in use instead of {old}: review from {low}, NG from {high}. Why?</source>
            <translation>{version} statt {old} einsetzen: Prüfen ab {low}, n.i.O. ab {high}. Warum?</translation>
        </message>
        <message>
            <source>Put {version} in use: review from {low}, NG from {high}. Why?</source>
            <translation>{version} einsetzen: Prüfen ab {low}, n.i.O. ab {high}. Warum?</translation>
        </message>
        <message>
            <source>Reading images</source>
            <translation>Bilder werden gelesen</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>Trefferquote</translation>
        </message>
        <message>
            <source>Run in shadow</source>
            <translation>Im Schatten laufen</translation>
        </message>
        <message>
            <source>Scores of kept-back parts</source>
            <translation>Werte der zurückgehaltenen Teile</translation>
        </message>
        <message>
            <source>Sent to review</source>
            <translation>Zum Nachprüfen</translation>
        </message>
        <message>
            <source>Set aside</source>
            <translation>Beiseite</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Stop ({share} %)</source>
            <translation>Stopp ({share} %)</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Wird angehalten…</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>Tabelle (CSV)</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>Lehren</translation>
        </message>
        <message>
            <source>Teach a new product…</source>
            <translation>Neues Produkt lehren…</translation>
        </message>
        <message>
            <source>Teach again</source>
            <translation>Neu lehren</translation>
        </message>
        <message>
            <source>Teach candidate {version}</source>
            <translation>Kandidat {version} lehren</translation>
        </message>
        <message>
            <source>Testing on kept-back parts</source>
            <translation>Test an zurückgehaltenen Teilen</translation>
        </message>
        <message>
            <source>The shadow run was good</source>
            <translation>Der Schattenlauf war gut</translation>
        </message>
        <message>
            <source>There are no good parts yet. Show some to the camera, or import a folder.</source>
            <translation>Es gibt noch keine guten Teile. Zeigen Sie der Kamera einige, oder lesen Sie einen Ordner ein.</translation>
        </message>
        <message>
            <source>This class is there already.</source>
            <translation>Diese Klasse gibt es schon.</translation>
        </message>
        <message>
            <source>Time per part (p95)</source>
            <translation>Zeit je Teil (p95)</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Too many false rejects</source>
            <translation>Zu viele Pseudofehler</translation>
        </message>
        <message>
            <source>Too slow</source>
            <translation>Zu langsam</translation>
        </message>
        <message>
            <source>Unreviewed</source>
            <translation>Ungeprüft</translation>
        </message>
        <message>
            <source>Use these limits</source>
            <translation>Diese Grenzen nehmen</translation>
        </message>
        <message>
            <source>What it is called, such as Scratch</source>
            <translation>Wie sie heißt, etwa Kratzer</translation>
        </message>
        <message>
            <source>Where the shadow differs</source>
            <translation>Wo der Schatten abweicht</translation>
        </message>
        <message>
            <source>Without known bad parts nothing can be said about escapes.</source>
            <translation>Ohne bekannte schlechte Teile lässt sich über Schlupf nichts sagen.</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>In Arbeit</translation>
        </message>
        <message>
            <source>Writing the model</source>
            <translation>Modell wird geschrieben</translation>
        </message>
        <message>
            <source>about {minutes} min left</source>
            <translation>noch etwa {minutes} min</translation>
        </message>
        <message>
            <source>about {seconds} s left</source>
            <translation>noch etwa {seconds} s</translation>
        </message>
        <message>
            <source>all</source>
            <translation>alle</translation>
        </message>
        <message>
            <source>held out for test</source>
            <translation>für Test zurückgehalten</translation>
        </message>
        <message>
            <source>limit</source>
            <translation>Grenze</translation>
        </message>
        <message>
            <source>no class</source>
            <translation>ohne Klasse</translation>
        </message>
        <message>
            <source>op. {operator}</source>
            <translation>Bed. {operator}</translation>
        </message>
        <message>
            <source>overruled</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>review</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>set aside</source>
            <translation>beiseite</translation>
        </message>
        <message>
            <source>the model saw {label}</source>
            <translation>das Modell sah {label}</translation>
        </message>
        <message>
            <source>{chosen} of {count} chosen</source>
            <translation>{chosen} von {count} gewählt</translation>
        </message>
        <message>
            <source>{count} images were taken in.</source>
            <translation>{count} Bilder wurden aufgenommen.</translation>
        </message>
        <message>
            <source>{count} images were written.</source>
            <translation>{count} Bilder wurden geschrieben.</translation>
        </message>
        <message>
            <source>{count} images · newest first</source>
            <translation>{count} Bilder · neueste zuerst</translation>
        </message>
        <message>
            <source>{count} of {n}</source>
            <translation>{count} von {n}</translation>
        </message>
        <message>
            <source>{count} of {parts} parts differ: the verdict in use → that of the shadow</source>
            <translation>{count} von {parts} Teilen weichen ab: Ergebnis im Einsatz → Ergebnis des Schattens</translation>
        </message>
        <message>
            <source>{count} were left out.</source>
            <translation>{count} wurden ausgelassen.</translation>
        </message>
        <message>
            <source>{learns} images to learn from, {tests} kept back for the test</source>
            <translation>{learns} Bilder zum Lernen, {tests} für den Test zurückgehalten</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
        <message>
            <source>{product} · images</source>
            <translation>{product} · Bilder</translation>
        </message>
        <message>
            <source>{version} candidate</source>
            <translation>{version} Kandidat</translation>
        </message>
        <message>
            <source>{version} in use</source>
            <translation>{version} im Einsatz</translation>
        </message>
        <message>
            <source>{version} judges the parts now.</source>
            <translation>{version} urteilt jetzt über die Teile.</translation>
        </message>
        <message>
            <source>{version} stays one click away. Every change is signed and logged.</source>
            <translation>{version} bleibt einen Klick entfernt. Jede Änderung wird gezeichnet und vermerkt.</translation>
        </message>
    </context>
    <context>
        <name>Upgrade</name>
        <message>
            <source>Bringing the records up to date. This happens once after an upgrade and may take some minutes; a copy of them as they were is kept.</source>
            <translation>Die Aufzeichnungen werden auf den neuen Stand gebracht. Das geschieht einmal nach einem Wechsel der Version und kann einige Minuten dauern; eine Kopie von vorher bleibt erhalten.</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>NG</source>
            <translation>n.i.O.</translation>
        </message>
        <message>
            <source>Not inspected</source>
            <translation>Nicht geprüft</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>i.O.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Zu prüfen</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>A PIN is chosen. Keep it well.</source>
            <translation>Eine PIN ist gewählt. Bewahren Sie sie gut auf.</translation>
        </message>
        <message>
            <source>A folder for the station's data</source>
            <translation>Ein Ordner für die Daten der Station</translation>
        </message>
        <message>
            <source>A picture is taken…</source>
            <translation>Ein Bild wird aufgenommen…</translation>
        </message>
        <message>
            <source>A station's data lie there already. Its settings, products and records hold, and nothing else is asked.</source>
            <translation>Dort liegen schon Daten einer Station. Ihre Einstellungen, Produkte und Aufzeichnungen gelten, und sonst wird nichts gefragt.</translation>
        </message>
        <message>
            <source>Another folder…</source>
            <translation>Anderer Ordner…</translation>
        </message>
        <message>
            <source>Another one can be chosen at any time, on the Setup page.</source>
            <translation>Eine andere lässt sich jederzeit auf der Seite „Einrichten“ wählen.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Begin with the demo product</source>
            <translation>Mit dem Demo-Produkt beginnen</translation>
        </message>
        <message>
            <source>Choose a PIN for the administrator</source>
            <translation>Wählen Sie eine PIN für den Administrator</translation>
        </message>
        <message>
            <source>Choose another PIN</source>
            <translation>Andere PIN wählen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Demo line</source>
            <translation>Demo-Linie</translation>
        </message>
        <message>
            <source>Drawn flanges and a model that knows them, to look around with.</source>
            <translation>Gezeichnete Flansche und ein Modell, das sie kennt, um sich umzusehen.</translation>
        </message>
        <message>
            <source>Drawn parts, no camera. A real one can be chosen later.</source>
            <translation>Gezeichnete Teile, keine Kamera. Eine echte lässt sich später wählen.</translation>
        </message>
        <message>
            <source>Enter it once more</source>
            <translation>Geben Sie sie noch einmal ein</translation>
        </message>
        <message>
            <source>Every part leaves a picture and a record. A disk of its own for them is a good place.</source>
            <translation>Jedes Teil hinterlässt ein Bild und eine Aufzeichnung. Eine eigene Platte dafür ist ein guter Ort.</translation>
        </message>
        <message>
            <source>Everybody may change it later, with the key at the top of the window.</source>
            <translation>Jeder kann sie später ändern, mit der Taste oben im Fenster.</translation>
        </message>
        <message>
            <source>First start</source>
            <translation>Erster Start</translation>
        </message>
        <message>
            <source>If it is forgotten: whoever administers this PC sets a new one with the command “station pin set”. No record is lost by that.</source>
            <translation>Wird sie vergessen: Wer diesen PC verwaltet, setzt mit dem Befehl „station pin set“ eine neue. Dabei geht keine Aufzeichnung verloren.</translation>
        </message>
        <message>
            <source>It guards the Setup page and what may judge your parts; the daily work needs none.</source>
            <translation>Sie schützt die Seite „Einrichten“ und was über Ihre Teile urteilen darf; die tägliche Arbeit braucht keine.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Noch einmal nachsehen</translation>
        </message>
        <message>
            <source>Looking whether it will do…</source>
            <translation>Es wird geprüft, ob er taugt…</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>No camera was found.</source>
            <translation>Es wurde keine Kamera gefunden.</translation>
        </message>
        <message>
            <source>Nothing is begun anew in another place: no record gets lost.</source>
            <translation>An einem anderen Ort wird nichts neu begonnen: Keine Aufzeichnung geht verloren.</translation>
        </message>
        <message>
            <source>One moment…</source>
            <translation>Einen Augenblick…</translation>
        </message>
        <message>
            <source>Other files lie in the folder that you chose; so this one is made in it.</source>
            <translation>Im gewählten Ordner liegen andere Dateien; darum wird dieser darin angelegt.</translation>
        </message>
        <message>
            <source>Six to twelve digits</source>
            <translation>Sechs bis zwölf Ziffern</translation>
        </message>
        <message>
            <source>Start the station</source>
            <translation>Station starten</translation>
        </message>
        <message>
            <source>Start with these data</source>
            <translation>Mit diesen Daten starten</translation>
        </message>
        <message>
            <source>Take another picture</source>
            <translation>Neues Bild aufnehmen</translation>
        </message>
        <message>
            <source>Teach a first product</source>
            <translation>Ein erstes Produkt lehren</translation>
        </message>
        <message>
            <source>Teach later</source>
            <translation>Später lehren</translation>
        </message>
        <message>
            <source>The camera's picture is shown; until a product is taught, none is judged.</source>
            <translation>Das Bild der Kamera ist zu sehen; beurteilt wird erst, wenn ein Produkt gelehrt ist.</translation>
        </message>
        <message>
            <source>The second one was another. Begin again: choose a PIN</source>
            <translation>Die zweite war eine andere. Noch einmal von vorn: Wählen Sie eine PIN</translation>
        </message>
        <message>
            <source>The station is being set up…</source>
            <translation>Die Station wird eingerichtet…</translation>
        </message>
        <message>
            <source>The station learns a product from pictures of good parts; twenty are enough to begin.</source>
            <translation>Die Station lernt ein Produkt aus Bildern guter Teile; zwanzig genügen für den Anfang.</translation>
        </message>
        <message>
            <source>The station opens where a new product is taught.</source>
            <translation>Die Station öffnet sich dort, wo ein neues Produkt gelehrt wird.</translation>
        </message>
        <message>
            <source>The station starts…</source>
            <translation>Die Station startet…</translation>
        </message>
        <message>
            <source>The station's data cannot be reached</source>
            <translation>Die Daten der Station sind nicht erreichbar</translation>
        </message>
        <message>
            <source>This folder was named when the station was started.</source>
            <translation>Dieser Ordner wurde beim Start der Station angegeben.</translation>
        </message>
        <message>
            <source>What is inspected first?</source>
            <translation>Was wird zuerst geprüft?</translation>
        </message>
        <message>
            <source>Where are pictures and records kept?</source>
            <translation>Wo werden Bilder und Aufzeichnungen aufbewahrt?</translation>
        </message>
        <message>
            <source>Which camera looks at the parts?</source>
            <translation>Welche Kamera sieht die Teile an?</translation>
        </message>
        <message>
            <source>Which language does the station speak?</source>
            <translation>Welche Sprache spricht die Station?</translation>
        </message>
        <message>
            <source>Write it down and keep it where only those find it who may set the station up.</source>
            <translation>Schreiben Sie sie auf, und bewahren Sie sie dort auf, wo nur die sie finden, die die Station einrichten dürfen.</translation>
        </message>
        <message>
            <source>{free} GB free: about {pictures} pictures of 1 MB, or {days} days with {parts} parts a day</source>
            <translation>{free} GB frei: etwa {pictures} Bilder zu 1 MB, oder {days} Tage bei {parts} Teilen am Tag</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>Quittieren</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Platte</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>Hell oder dunkel</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Linie</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>One moment …</source>
            <translation>Einen Moment …</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Nachprüfen</translation>
        </message>
        <message>
            <source>Setup</source>
            <translation>Einrichten</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>Lehren</translation>
        </message>
        <message>
            <source>fault</source>
            <translation>Störung</translation>
        </message>
        <message>
            <source>operator</source>
            <translation>Bediener</translation>
        </message>
        <message>
            <source>slow: on {provider} only</source>
            <translation>langsam: nur {provider}</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count} weitere</translation>
        </message>
        <message>
            <source>{days} days</source>
            <translation>{days} Tage</translation>
        </message>
        <message>
            <source>{fps} fps</source>
            <translation>{fps} fps</translation>
        </message>
        <message>
            <source>{free} GB</source>
            <translation>{free} GB</translation>
        </message>
    </context>
</TS>
