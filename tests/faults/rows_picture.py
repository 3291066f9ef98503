"""The camera and its pictures."""

from station.errors import ErrorCode as Code
from tests.faults.row import FaultRow, Words

PICTURE = (
    FaultRow(
        name="unplug",
        codes=(Code.CAMERA_LOST, Code.CAMERA_NOT_FOUND),
        seconds=3,
        en=Words(
            "The camera is unplugged",
            "The driver says that the camera is gone, or no picture comes for 2 s.",
            "Every part is Not inspected and rejected. The station looks for the camera again "
            "at least every 2 s.",
            "Check cable and power. Nothing has to be started again.",
        ),
        zh=Words(
            "相机被拔掉",
            "驱动报告相机丢失，或 2 秒内没有图像。",
            "每个工件都判为“未检”并剔除。系统至少每 2 秒重新寻找相机。",
            "检查电缆和电源。无需重新启动任何程序。",
        ),
        de=Words(
            "Die Kamera ist abgesteckt",
            "Der Treiber meldet sie als verschwunden, oder 2 s lang kommt kein Bild.",
            "Jedes Teil ist „Nicht geprüft“ und wird ausgeschleust. Die Station sucht die Kamera "
            "mindestens alle 2 s wieder.",
            "Kabel und Strom prüfen. Neu gestartet werden muss nichts.",
        ),
    ),
    FaultRow(
        name="freeze",
        codes=(Code.CAMERA_FROZEN,),
        seconds=1,
        en=Words(
            "The camera repeats an old picture",
            "Three pictures in a row are equal to the last bit, or the picture number does not "
            "rise. A sensor’s noise makes that impossible.",
            "Every part is Not inspected and rejected. No old picture is judged twice.",
            "Unplug the camera and plug it in again.",
        ),
        zh=Words(
            "画面冻结",
            "连续三幅图像完全相同，或图像编号没有增加。传感器有噪声，这不可能发生。",
            "每个工件都判为“未检”并剔除。旧图像不会被再次判定。",
            "拔下相机再重新插上。",
        ),
        de=Words(
            "Die Kamera wiederholt ein altes Bild",
            "Drei Bilder hintereinander sind bis aufs Bit gleich, oder die Bildnummer steigt "
            "nicht. Beim Rauschen eines Sensors ist das unmöglich.",
            "Jedes Teil ist „Nicht geprüft“ und wird ausgeschleust. Kein altes Bild wird zweimal "
            "beurteilt.",
            "Kamera abstecken und wieder anstecken.",
        ),
    ),
    FaultRow(
        name="black",
        codes=(Code.CAMERA_BLACK,),
        seconds=1,
        en=Words(
            "The picture is black or too dark",
            "The brightness of each picture is compared with the good pictures of the recipe.",
            "The part is Not inspected and rejected. The model never sees the picture.",
            "Check the light and the lens cap.",
        ),
        zh=Words(
            "图像全黑或太暗",
            "每幅图像的亮度都与配方的良品图像比较。",
            "工件判为“未检”并剔除。模型不会看到该图像。",
            "检查光源和镜头盖。",
        ),
        de=Words(
            "Das Bild ist schwarz oder zu dunkel",
            "Die Helligkeit jedes Bildes wird mit den guten Bildern des Rezepts verglichen.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Das Modell sieht das Bild nicht.",
            "Licht und Objektivdeckel prüfen.",
        ),
    ),
    FaultRow(
        name="over-exposed",
        codes=(Code.CAMERA_OVEREXPOSED,),
        seconds=1,
        en=Words(
            "The picture is over-exposed",
            "Too many pixels of the picture are white.",
            "The part is Not inspected and rejected. The model never sees the picture.",
            "Check the light, foreign light, and the exposure time.",
        ),
        zh=Words(
            "图像过曝",
            "图像中纯白像素太多。",
            "工件判为“未检”并剔除。模型不会看到该图像。",
            "检查光源、环境光和曝光时间。",
        ),
        de=Words(
            "Das Bild ist überbelichtet",
            "Zu viele Pixel des Bildes sind weiß.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Das Modell sieht das Bild nicht.",
            "Licht, Fremdlicht und Belichtungszeit prüfen.",
        ),
    ),
    FaultRow(
        name="blurred",
        codes=(Code.CAMERA_BLURRED,),
        seconds=1,
        en=Words(
            "The picture is blurred",
            "The sharpness of each picture is compared with the good pictures of the recipe.",
            "The part is Not inspected and rejected. The model never sees the picture.",
            "Check the focus, clean the lens, and see that the camera sits firmly.",
        ),
        zh=Words(
            "图像模糊",
            "每幅图像的清晰度都与配方的良品图像比较。",
            "工件判为“未检”并剔除。模型不会看到该图像。",
            "检查对焦，清洁镜头，确认相机固定牢靠。",
        ),
        de=Words(
            "Das Bild ist unscharf",
            "Die Schärfe jedes Bildes wird mit den guten Bildern des Rezepts verglichen.",
            "Das Teil ist „Nicht geprüft“ und wird ausgeschleust. Das Modell sieht das Bild nicht.",
            "Schärfe prüfen, Objektiv reinigen, festen Sitz der Kamera prüfen.",
        ),
    ),
    FaultRow(
        name="reused-buffer",
        codes=(),
        seconds=0,
        en=Words(
            "A driver reuses the memory of a picture",
            "Nothing has to be noticed: the screen and the records keep pictures of their own.",
            "What was judged is what is shown and stored, whatever the driver writes later.",
            "Nothing.",
        ),
        zh=Words(
            "驱动重复使用图像内存",
            "无需察觉：屏幕和记录各自保存自己的图像。",
            "无论驱动之后写入什么，显示和保存的都是当时判定的图像。",
            "无需操作。",
        ),
        de=Words(
            "Ein Treiber benutzt den Speicher eines Bildes noch einmal",
            "Es muss nichts bemerkt werden: Bildschirm und Aufzeichnung haben eigene Bilder.",
            "Gezeigt und gespeichert wird, was beurteilt wurde, was immer der Treiber danach "
            "schreibt.",
            "Nichts.",
        ),
    ),
)
