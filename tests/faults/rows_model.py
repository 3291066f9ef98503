"""The model and what runs it."""

from station.errors import ErrorCode as Code
from tests.faults.row import FaultRow, Words

MODEL = (
    FaultRow(
        name="device-removed",
        codes=(Code.DEVICE_LOST, Code.LINE_RESTARTED, Code.PROVIDER_FELL_BACK),
        seconds=5,
        en=Words(
            "The graphics device is gone",
            "The runtime says that the device was removed, hung or reset.",
            "The part is Not inspected and rejected. The inspection starts again by itself. After "
            "the second time within 10 minutes it goes on without the device, more slowly.",
            "If it happens again: update the graphics driver, or call service.",
        ),
        zh=Words(
            "图形设备丢失",
            "运行库报告设备被移除、挂起或复位。",
            "工件判为“未检”并剔除。检测自动重新启动。"
            "10 分钟内第二次发生后，改用 CPU 继续，速度较慢。",
            "如再次发生：更新显卡驱动，或联系维修。",
        ),
        de=Words(
            "Das Grafikgerät ist verschwunden",
            "Die Laufzeit meldet, dass das Gerät entfernt oder zurückgesetzt ist oder hängt.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Die Prüfung startet von selbst "
            "neu. Nach dem zweiten Mal in 10 Minuten geht es ohne das Gerät weiter, langsamer.",
            "Bei Wiederholung: Grafiktreiber erneuern oder den Service rufen.",
        ),
    ),
    FaultRow(
        name="out-of-memory",
        codes=(Code.OUT_OF_MEMORY, Code.LINE_RESTARTED),
        seconds=5,
        en=Words(
            "There is not enough memory for a part",
            "The runtime or the system refuses memory.",
            "The part is Not inspected and rejected. The inspection starts again by itself with "
            "fresh memory.",
            "Close other programs on this PC.",
        ),
        zh=Words(
            "内存不足",
            "运行库或系统拒绝分配内存。",
            "工件判为“未检”并剔除。检测自动以全新内存重新启动。",
            "关闭本机上的其他程序。",
        ),
        de=Words(
            "Für ein Teil reicht der Speicher nicht",
            "Die Laufzeit oder das System verweigert Speicher.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Die Prüfung startet von selbst "
            "mit frischem Speicher neu.",
            "Andere Programme auf diesem PC schließen.",
        ),
    ),
    FaultRow(
        name="cpu-fall-back",
        codes=(Code.PROVIDER_FELL_BACK, Code.MODEL_TOO_SLOW),
        seconds=0,
        en=Words(
            "The model silently runs on the CPU",
            "After loading, the station compares what was wished with what really runs, and "
            "measures how long a part takes.",
            "It says so at once and goes on. If a part would take longer than the recipe allows, "
            "the line does not start.",
            "Check the graphics driver, or choose the provider auto.",
        ),
        zh=Words(
            "模型悄悄改用 CPU",
            "加载后，系统比较期望与实际使用的设备，并测量每个工件的时间。",
            "立即提示并继续。如果时间超过配方允许值，则不启动检测。",
            "检查显卡驱动，或选择 auto。",
        ),
        de=Words(
            "Das Modell läuft stillschweigend auf der CPU",
            "Nach dem Laden vergleicht die Station, was gewünscht war und was wirklich läuft, und "
            "misst die Zeit für ein Teil.",
            "Sie sagt es sofort und arbeitet weiter. Wäre ein Teil langsamer, als das Rezept "
            "erlaubt, startet die Linie nicht.",
            "Grafiktreiber prüfen oder den Provider auto wählen.",
        ),
    ),
    FaultRow(
        name="corrupt-model",
        codes=(Code.MODEL_NOT_ONNX, Code.MODEL_CHANGED),
        seconds=None,
        en=Words(
            "The model file is damaged",
            "The file is compared with the check sum in the recipe and examined before it is "
            "loaded.",
            "The line does not start, and no part is judged.",
            "Put the released file back, or teach the model again.",
        ),
        zh=Words(
            "模型文件损坏",
            "加载前与配方中的校验和比较并检查文件。",
            "检测不启动，不判定任何工件。",
            "放回已发布的文件，或重新训练模型。",
        ),
        de=Words(
            "Die Modelldatei ist beschädigt",
            "Vor dem Laden wird die Datei geprüft und mit der Prüfsumme im Rezept verglichen.",
            "Die Linie startet nicht, und kein Teil wird beurteilt.",
            "Die freigegebene Datei zurücklegen oder das Modell neu einlernen.",
        ),
    ),
    FaultRow(
        name="wrong-model",
        codes=(Code.MODEL_WRONG_SHAPE, Code.MODEL_NO_CARD, Code.MODEL_CHANGED),
        seconds=None,
        en=Words(
            "The model is another one than it says",
            "The file’s inputs, outputs and check sum are compared with its card and the recipe.",
            "The line does not start, and no part is judged.",
            "Put the released file back, or release the recipe again.",
        ),
        zh=Words(
            "模型与说明不符",
            "文件的输入、输出和校验和与其卡片及配方比较。",
            "检测不启动，不判定任何工件。",
            "放回已发布的文件，或重新发布配方。",
        ),
        de=Words(
            "Das Modell ist ein anderes, als es vorgibt",
            "Eingänge, Ausgänge und Prüfsumme der Datei werden mit Karte und Rezept verglichen.",
            "Die Linie startet nicht, und kein Teil wird beurteilt.",
            "Die freigegebene Datei zurücklegen oder das Rezept neu freigeben.",
        ),
    ),
    FaultRow(
        name="malicious-model",
        codes=(Code.MODEL_UNSAFE,),
        seconds=None,
        en=Words(
            "A model wants to do harm",
            "Before it is loaded, a model is searched for references to other files, foreign "
            "operators and dangerous sizes.",
            "It is refused. No other file is read, and nothing of it is run.",
            "Use only models of this program or from a source you trust.",
        ),
        zh=Words(
            "恶意模型",
            "加载前检查模型是否引用其他文件、含有外来算子或危险的尺寸。",
            "拒绝加载。不读取其他文件，也不运行其中任何内容。",
            "只使用本程序生成的或来源可信的模型。",
        ),
        de=Words(
            "Ein Modell will Schaden anrichten",
            "Vor dem Laden wird es auf Verweise auf andere Dateien, fremde Operatoren und "
            "gefährliche Größen durchsucht.",
            "Es wird abgelehnt. Keine andere Datei wird gelesen, nichts davon ausgeführt.",
            "Nur Modelle dieses Programms oder aus vertrauter Quelle verwenden.",
        ),
    ),
    FaultRow(
        name="huge-allocation",
        codes=(Code.OUT_OF_MEMORY,),
        seconds=None,
        en=Words(
            "A model wants more memory than there is",
            "The model is examined and tried once before the line starts.",
            "The line does not start, and the PC stays usable.",
            "Choose a smaller model, or teach it again.",
        ),
        zh=Words(
            "模型需要的内存超出本机",
            "检测启动前先检查并试运行模型一次。",
            "检测不启动，电脑仍可正常使用。",
            "选择较小的模型，或重新训练。",
        ),
        de=Words(
            "Ein Modell will mehr Speicher, als es gibt",
            "Vor dem Start der Linie wird das Modell untersucht und einmal probiert.",
            "Die Linie startet nicht, und der PC bleibt benutzbar.",
            "Ein kleineres Modell wählen oder neu einlernen.",
        ),
    ),
    FaultRow(
        name="memory-leak",
        codes=(Code.MEMORY_GROWN, Code.LINE_RESTARTED),
        seconds=5,
        en=Words(
            "The memory grows over days",
            "Once a second the station compares its memory with what it needed when it was warm.",
            "At half as much again it starts the inspection anew between two parts.",
            "Nothing. If it happens often, call service.",
        ),
        zh=Words(
            "内存逐日增长",
            "系统每秒将当前内存与稳定后的内存比较。",
            "增长超过一半时，在两个工件之间重新启动检测。",
            "无需操作。如经常发生，联系维修。",
        ),
        de=Words(
            "Der Speicherbedarf wächst über Tage",
            "Jede Sekunde vergleicht die Station ihren Speicher mit dem Bedarf nach dem Anlauf.",
            "Bei der Hälfte mehr startet sie die Prüfung zwischen zwei Teilen neu.",
            "Nichts. Geschieht es oft, den Service rufen.",
        ),
    ),
)
