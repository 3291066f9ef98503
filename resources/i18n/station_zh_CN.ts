<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Clue</name>
        <message>
            <source>Good classes, of {classes}</source>
            <translation>合格类别，可选 {classes}</translation>
        </message>
        <message>
            <source>Import it so?</source>
            <translation>按此导入？</translation>
        </message>
        <message>
            <source>class names</source>
            <translation>类别名称</translation>
        </message>
        <message>
            <source>colour order</source>
            <translation>颜色顺序</translation>
        </message>
        <message>
            <source>its inputs and outputs are called {names}</source>
            <translation>其输入和输出名为 {names}</translation>
        </message>
        <message>
            <source>resize rule</source>
            <translation>尺寸调整方式</translation>
        </message>
        <message>
            <source>scaling</source>
            <translation>缩放</translation>
        </message>
        <message>
            <source>the file notes {key} = {value}</source>
            <translation>文件注明 {key} = {value}</translation>
        </message>
        <message>
            <source>the golden images say {question}: {answer} ({share} agree)</source>
            <translation>标准样件图像表明{question}：{answer}（{share} 一致）</translation>
        </message>
        <message>
            <source>the graph itself does: {what}</source>
            <translation>计算图自身完成：{what}</translation>
        </message>
        <message>
            <source>the graph uses {name}</source>
            <translation>计算图使用 {name}</translation>
        </message>
        <message>
            <source>the part's picture is taken as square for {size}; give golden images or --frame</source>
            <translation>对 {size}，零件图像按正方形处理；请提供标准样件图像或 --frame</translation>
        </message>
        <message>
            <source>usual, not noted: {question} {answer}</source>
            <translation>常用值，文件未注明：{question} {answer}</translation>
        </message>
        <message>
            <source>{count} class names from {origin}</source>
            <translation>{count} 个类别名称来自 {origin}</translation>
        </message>
        <message>
            <source>{name} has the sides {shape}</source>
            <translation>{name} 的各边为 {shape}</translation>
        </message>
        <message>
            <source>{name} lies beside it</source>
            <translation>旁边有 {name}</translation>
        </message>
        <message>
            <source>{name} wrote the file</source>
            <translation>文件由 {name} 写出</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>确定</translation>
        </message>
    </context>
    <context>
        <name>Fault</name>
        <message>
            <source>A picture of the camera {source} came in pieces ({reason}) and is not judged. Check network cable, switch and packet size.</source>
            <translation>相机 {source} 的一张图像不完整（{reason}），不予判定。请检查网线、交换机和数据包大小。</translation>
        </message>
        <message>
            <source>A station already works on the data folder {path}. Use that one, or start this one with another folder (--data).</source>
            <translation>已有一个检测站在使用数据文件夹 {path}。请使用已打开的检测站，或用另一个文件夹启动（--data）。</translation>
        </message>
        <message>
            <source>All images of {source} have been inspected. Choose another folder to go on.</source>
            <translation>{source} 中的图像已全部检测完。请选择另一个文件夹继续。</translation>
        </message>
        <message>
            <source>Another program holds the records in {path}. Close it; until then parts are not inspected and nothing is lost.</source>
            <translation>另一个程序占用了 {path} 中的记录。请将其关闭；在此之前工件不作检测，数据不会丢失。</translation>
        </message>
        <message>
            <source>Back to model {number} of “{product}” (recipe version {version}): {reason}</source>
            <translation>退回到“{product}”的模型 {number}（配方版本 {version}）：{reason}</translation>
        </message>
        <message>
            <source>Cameras of the kind “{kind}” cannot be used on this computer: {reason}.</source>
            <translation>本机不能使用“{kind}”类型的相机：{reason}。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which is no number. Correct it, or leave that line out.</source>
            <translation>在 {path} 第 {line} 行，列“{column}”的值是“{value}”，不是数字。请更正，或去掉该行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which was never learnt. Known: {known}.</source>
            <translation>在 {path} 第 {line} 行，列“{column}”的值“{value}”从未学习过。已知的值：{known}。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” is empty. Fill it in, or leave that line out.</source>
            <translation>在 {path} 第 {line} 行，列“{column}”为空。请补上，或去掉该行。</translation>
        </message>
        <message>
            <source>In {path}, readings are missing at {count} places, first of unit {unit} after time {time}. What was learnt or foretold there is less sure.</source>
            <translation>{path} 中有 {count} 处缺少读数，最先出现在单元 {unit} 的时间 {time} 之后。那里学到或预测的内容不太可靠。</translation>
        </message>
        <message>
            <source>In {path}, the group {group} has more than one value of “{column}”. Give a column that names one whole series.</source>
            <translation>在 {path} 中，组 {group} 的“{column}”有不止一个值。请指定能标识整个序列的列。</translation>
        </message>
        <message>
            <source>In {path}, the time {time} of unit {unit} stands there twice. Leave one of the two lines out.</source>
            <translation>在 {path} 中，单元 {unit} 的时间 {time} 出现了两次。请去掉其中一行。</translation>
        </message>
        <message>
            <source>In {path}, unit {unit} has a reading every {found}, where {expected} was expected. Give the time of all units in the same unit of time.</source>
            <translation>在 {path} 中，单元 {unit} 的读数间隔为 {found}，而预期为 {expected}。请让所有单元使用相同的时间单位。</translation>
        </message>
        <message>
            <source>It is too late to undo: that is possible for {seconds} seconds. Decide again and give a reason.</source>
            <translation>已无法撤销：只能在 {seconds} 秒内撤销。请重新判定并说明原因。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” cannot be released: its {missing} is missing or damaged. Prove it on parts that were kept back, or teach it again.</source>
            <translation>“{product}”的模型 {number} 不能发布：{missing} 缺失或损坏。请用留出的零件验证，或重新训练。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” is {state} and cannot become {wanted}. Choose another model, or other limits.</source>
            <translation>“{product}”的模型 {number} 处于 {state} 状态，不能变为 {wanted}。请选择其他模型或其他限值。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” judges the parts from now on (recipe version {version}): {reason}</source>
            <translation>从现在起由“{product}”的模型 {number} 判定零件（配方版本 {version}）：{reason}</translation>
        </message>
        <message>
            <source>More than one ONNX Runtime is installed ({installed}), and they overwrite each other. Uninstall all of them, then install Station with one extra.</source>
            <translation>安装了多个 ONNX Runtime（{installed}），它们会互相覆盖。请全部卸载，再用一个附加包安装 Station。</translation>
        </message>
        <message>
            <source>No code could be read in the picture. Check code, light and focus, and the region that is searched.</source>
            <translation>图像中读不出码。请检查码本身、光线和焦距，以及搜索区域。</translation>
        </message>
        <message>
            <source>No column of {path} is left to learn from: what is there never changes, is the target, or was left out.</source>
            <translation>{path} 中没有可用于学习的列：现有的列要么从不变化，要么是目标列，要么已被略去。</translation>
        </message>
        <message>
            <source>No station is running on the data folder {path}. Start it with “station run”, or name the right folder with --data.</source>
            <translation>数据文件夹 {path} 上没有正在运行的检测站。请用“station run”启动，或用 --data 指定正确的文件夹。</translation>
        </message>
        <message>
            <source>Nothing is known that made the model {path} (it takes and gives {found}). A picture must go in and one number per class must come out; add the files that came with it.</source>
            <translation>无法识别模型 {path} 的来源（输入和输出为 {found}）。输入须为一幅图像，输出须为每个类别一个数值；请一并提供随附的文件。</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed. Install Station with one of its extras: cpu, directml, cuda or openvino.</source>
            <translation>未安装 ONNX Runtime。请安装 Station 的一个附加包：cpu、directml、cuda 或 openvino。</translation>
        </message>
        <message>
            <source>Only {free} GB are free for {path}: no part is passed until there is room. Delete other files, or call service.</source>
            <translation>{path} 仅剩 {free} GB：有空间之前不放行任何工件。请删除其他文件或联系服务人员。</translation>
        </message>
        <message>
            <source>Only {free} GB are left on the disk of {path}. Free some space soon.</source>
            <translation>{path} 所在磁盘只剩 {free} GB。请尽快腾出空间。</translation>
        </message>
        <message>
            <source>Outputs can be pressed in the test mode only. Switch it on first; parts are rejected meanwhile.</source>
            <translation>只有在测试模式下才能操作输出。请先打开测试模式；期间工件一律剔除。</translation>
        </message>
        <message>
            <source>Part {number} has been decided already. To change that, give a reason.</source>
            <translation>工件 {number} 已判定。如需改判，请说明原因。</translation>
        </message>
        <message>
            <source>Process values from {address} ({kind}) are missing. Check the cable and the controller; inspection goes on without them.</source>
            <translation>缺少来自 {address}（{kind}）的过程值。请检查线缆和控制器；检测在没有这些值的情况下继续。</translation>
        </message>
        <message>
            <source>Results came too late for the machine {count} times in a row; those parts were rejected. Check the speed of camera, model and disk.</source>
            <translation>结果连续 {count} 次对机器来说太晚；这些工件已被剔除。请检查相机、模型和磁盘的速度。</translation>
        </message>
        <message>
            <source>Say why the model of “{product}” is changed; the reason is kept with it.</source>
            <translation>请说明更换“{product}”模型的原因；原因会一并保存。</translation>
        </message>
        <message>
            <source>Something unexpected happened: {reason}. The part was not passed. If it happens again, call service.</source>
            <translation>发生意外情况：{reason}。工件未放行。若再次发生，请联系技术支持。</translation>
        </message>
        <message>
            <source>Teaching ended before it was done ({reason}). The model in use is as it was. Teach again; if it ends again, close other programs or take fewer pictures.</source>
            <translation>训练未完成就结束了（{reason}）。正在使用的模型没有改变。请重新训练；如果再次中断，请关闭其他程序或减少图片。</translation>
        </message>
        <message>
            <source>The OPC UA server at {address} would be open to everybody, so it does not listen. Set a password ({variable}), listen at 127.0.0.1 only, or set the option security to none.</source>
            <translation>{address} 上的 OPC UA 服务器将对所有人开放，因此不监听。请设置密码（{variable}），或只监听 127.0.0.1，或把选项 security 设为 none。</translation>
        </message>
        <message>
            <source>The address {address} is taken by another program. Close that one, or choose another port; no part is passed meanwhile.</source>
            <translation>地址 {address} 已被其他程序占用。请关闭那个程序或改用其他端口；在此期间不放行任何工件。</translation>
        </message>
        <message>
            <source>The areas to ignore leave nothing of the inspection region. Make them smaller on the Setup page.</source>
            <translation>忽略区域覆盖了整个检测区域。请在“设置”页面把它们缩小。</translation>
        </message>
        <message>
            <source>The backup {path} is damaged: {reason}. Use another one; nothing was changed.</source>
            <translation>备份 {path} 已损坏：{reason}。请使用其他备份；未作任何更改。</translation>
        </message>
        <message>
            <source>The camera {source} does not take {value} for “{feature}”. Allowed: {allowed}.</source>
            <translation>相机 {source} 不接受“{feature}”的值 {value}。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The camera {source} has nothing that can be set.</source>
            <translation>相机 {source} 没有可设置的项目。</translation>
        </message>
        <message>
            <source>The camera {source} is gone. Check the cable and the power; the station connects again by itself.</source>
            <translation>相机 {source} 断线。请检查线缆和电源；检测站会自动重新连接。</translation>
        </message>
        <message>
            <source>The camera {source} is in use by another program or station. Close that one; the station connects again by itself.</source>
            <translation>相机 {source} 正被其他程序或工位占用。请关闭那个程序；本工位会自动重新连接。</translation>
        </message>
        <message>
            <source>The camera {source} sends the same picture again and again. Unplug it and plug it in again.</source>
            <translation>相机 {source} 画面冻结，一直输出同一幅图像。请拔下后重新插上。</translation>
        </message>
        <message>
            <source>The camera {source} sent no picture within {seconds} s. Check cable, trigger and exposure.</source>
            <translation>相机 {source} 在 {seconds} 秒内没有传回图像。请检查线缆、触发和曝光。</translation>
        </message>
        <message>
            <source>The camera {source} was not found. Check the cable and the power, and that no other program uses it.</source>
            <translation>找不到相机 {source}。请检查线缆和电源，并确认没有其他程序占用它。</translation>
        </message>
        <message>
            <source>The camera “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>相机“{kind}”不接受这样的“{option}”。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The card of the model {path} has a wrong value for “{field}”. Teach the model again.</source>
            <translation>模型 {path} 的说明卡中“{field}”的值有误。请重新示教模型。</translation>
        </message>
        <message>
            <source>The class “{label}” has only {count} usable images in {path}; at least {minimum} are needed.</source>
            <translation>{path} 中类别“{label}”只有 {count} 幅可用图像；至少需要 {minimum} 幅。</translation>
        </message>
        <message>
            <source>The clock of this PC jumped by {seconds} s. The order of the parts is kept; check date and time.</source>
            <translation>本机时钟跳变了 {seconds} 秒。工件顺序不受影响；请检查日期和时间。</translation>
        </message>
        <message>
            <source>The connection to the machine {address} is lost. Check cable and controller; the station connects again by itself, and no part is passed meanwhile.</source>
            <translation>与机器 {address} 的连接已断开。请检查网线和控制器；本站会自动重新连接，其间不放行任何工件。</translation>
        </message>
        <message>
            <source>The controller {address} shows no life: its signal {signal} stands still. Have it toggle twice a second; no part is passed meanwhile.</source>
            <translation>控制器 {address} 没有心跳：信号 {signal} 静止不动。请让它每秒翻转两次；在此期间不放行任何零件。</translation>
        </message>
        <message>
            <source>The data folder {path} cannot be written to ({reason}). Choose another folder with --data, or have its permissions changed.</source>
            <translation>数据文件夹 {path} 无法写入（{reason}）。请用 --data 选择另一个文件夹，或让管理员修改权限。</translation>
        </message>
        <message>
            <source>The database {path} is damaged: {reason}. Nothing was deleted. Put the file aside and call service; the images are complete.</source>
            <translation>数据库 {path} 已损坏：{reason}。没有删除任何内容。请将此文件移到别处并联系技术支持；图像是完整的。</translation>
        </message>
        <message>
            <source>The database {path} was written by a newer program (form {found}, known {known}). Install the newer program.</source>
            <translation>数据库 {path} 由更新版本的程序写入（格式 {found}，已知 {known}）。请安装新版程序。</translation>
        </message>
        <message>
            <source>The disk is full: {path}. Free some space; until then no part is passed, and nothing recorded is lost.</source>
            <translation>磁盘已满：{path}。请腾出空间；在此之前不会放行任何工件，已记录的内容不会丢失。</translation>
        </message>
        <message>
            <source>The disk of {path} is slow: keeping a picture takes {ms} ms. Have the disk checked; the line may have to wait for it.</source>
            <translation>{path} 所在磁盘很慢：保存一幅图像需要 {ms} ms。请检查磁盘；检测线可能要等待它。</translation>
        </message>
        <message>
            <source>The disk of {path} will be full in {days} days. Make room, or set how long pictures are kept.</source>
            <translation>{path} 所在磁盘将在 {days} 天后写满。请清理空间，或设置图像保留时间。</translation>
        </message>
        <message>
            <source>The folder {path} does not exist. Check the name.</source>
            <translation>文件夹 {path} 不存在。请检查名称。</translation>
        </message>
        <message>
            <source>The folder {path} is not empty. Restore into an empty one, so that nothing is overwritten.</source>
            <translation>文件夹 {path} 不为空。请恢复到空文件夹，以免覆盖任何内容。</translation>
        </message>
        <message>
            <source>The graphics device ({provider}) is gone: {reason}. The line starts again by itself; if it happens again, it goes on without the device, more slowly.</source>
            <translation>图形设备（{provider}）已丢失：{reason}。检测线会自动重启；若再次发生，将不使用该设备、以较慢速度继续。</translation>
        </message>
        <message>
            <source>The image {path} does not exist. Check the name.</source>
            <translation>图像 {path} 不存在。请检查名称。</translation>
        </message>
        <message>
            <source>The image {path} holds values of the kind {format}. Save it with 8 or 16 bits per channel.</source>
            <translation>图像 {path} 的数值类型为 {format}，不受支持。请以每通道 8 位或 16 位保存。</translation>
        </message>
        <message>
            <source>The image {path} is too small: {width} × {height} pixels. At least {minimum} on each side are needed.</source>
            <translation>图像 {path} 太小：{width} × {height} 像素。每边至少需要 {minimum} 像素。</translation>
        </message>
        <message>
            <source>The inspection failed {count} times within {seconds} s. It is tried again every minute; call service.</source>
            <translation>检测程序在 {seconds} 秒内失败 {count} 次。每分钟会重试一次；请联系服务人员。</translation>
        </message>
        <message>
            <source>The inspection has stopped answering and is being started again. Parts are rejected meanwhile; wait a moment.</source>
            <translation>检测程序无响应，正在重新启动。其间工件一律剔除；请稍候。</translation>
        </message>
        <message>
            <source>The inspection hung ({thread}, for {seconds} s) and is started again. If it happens again, call service.</source>
            <translation>检测程序卡住（{thread}，{seconds} 秒），正在重新启动。若再次发生，请联系服务人员。</translation>
        </message>
        <message>
            <source>The inspection region {roi} lies outside the picture of {width} × {height} pixels. Correct the region in the recipe, or the camera’s size.</source>
            <translation>检测区域 {roi} 超出 {width} × {height} 像素的图像。请修改配方中的区域或相机的尺寸。</translation>
        </message>
        <message>
            <source>The inspection uses {mb} MB of memory ({since_mb} MB after its start) and is started again between two parts.</source>
            <translation>检测程序占用内存 {mb} MB（启动后为 {since_mb} MB），将在两件之间重新启动。</translation>
        </message>
        <message>
            <source>The inspection was started again ({reason}). Parts that were in work were not inspected; find them in the list.</source>
            <translation>检测程序已重新启动（{reason}）。当时在检的工件未检；请在列表中查找。</translation>
        </message>
        <message>
            <source>The line inspects “{runs}”, not “{product}”. Start it with that product first.</source>
            <translation>产线正在检测“{runs}”，不是“{product}”。请先用该产品启动产线。</translation>
        </message>
        <message>
            <source>The machine announced the part {serial}, and its code says {code}. Check whether parts were mixed up between the reader and the camera.</source>
            <translation>机器报来的工件是 {serial}，而它的码是 {code}。请检查读码器与相机之间是否混件。</translation>
        </message>
        <message>
            <source>The machine asked {count} times for a part while the station was busy or not ready; those parts were rejected. Have it wait for READY.</source>
            <translation>机器在工位忙或未就绪时 {count} 次要求检测；这些零件已被剔除。请让它等待 READY。</translation>
        </message>
        <message>
            <source>The machine left {count} answers without ACK. Have it acknowledge each answer that it has read.</source>
            <translation>机器有 {count} 次应答没有用 ACK 确认。请让它确认每个已读取的应答。</translation>
        </message>
        <message>
            <source>The machine {address} answers what makes no sense: {reason}. Check the address and the map of signals; no part is passed meanwhile.</source>
            <translation>机器 {address} 的应答没有意义：{reason}。请检查地址和信号表；在此期间不放行任何工件。</translation>
        </message>
        <message>
            <source>The machine {address} refuses the station's name, password or certificate. Check them, or have the station's certificate trusted there.</source>
            <translation>机器 {address} 拒绝了本工位的用户名、密码或证书。请检查，或在对方信任本工位的证书。</translation>
        </message>
        <message>
            <source>The machine “{kind}” does not take “{option}” like that. Allowed: {allowed}.</source>
            <translation>设备“{kind}”不接受这样的“{option}”。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The machine “{kind}” has no signals that could be shown.</source>
            <translation>机器“{kind}”没有可显示的信号。</translation>
        </message>
        <message>
            <source>The model could not judge the part: {reason}. If it happens again, restart the station or choose the provider cpu.</source>
            <translation>模型无法判定工件：{reason}。若再次发生，请重启检测站，或选择 cpu 作为运算设备。</translation>
        </message>
        <message>
            <source>The model file {path} does not exist. Check the name, or teach a model first.</source>
            <translation>模型文件 {path} 不存在。请检查名称，或先示教一个模型。</translation>
        </message>
        <message>
            <source>The model file {path} is not the one that the recipe was released with. Put the released file back, or release the recipe again.</source>
            <translation>模型文件 {path} 不是配方发布时的那一个。请放回原文件，或重新发布配方。</translation>
        </message>
        <message>
            <source>The model needs {ms} ms for a part; the recipe allows {limit} ms. Check that the graphics card is used, or choose a smaller model.</source>
            <translation>模型判定一件需要 {ms} ms，配方只允许 {limit} ms。请检查是否使用了显卡，或选择更小的模型。</translation>
        </message>
        <message>
            <source>The model rejects the golden picture {path}: {label}, score {score}, limit {limit}. The model in use goes on; check picture, model and limits.</source>
            <translation>该模型拒绝了标准良品图 {path}：{label}，得分 {score}，限值 {limit}。当前模型继续工作；请检查图片、模型和限值。</translation>
        </message>
        <message>
            <source>The model runs on {actual} and not on {wish}: slower than planned. Check the graphics driver, or choose the provider auto.</source>
            <translation>模型降级运行在 {actual} 上而非 {wish}，速度较慢。请检查显卡驱动，或选择 auto。</translation>
        </message>
        <message>
            <source>The model {path} could not be imported: its process ended ({reason}). The file is damaged or too large; the station was not touched. Export it again.</source>
            <translation>无法导入模型 {path}：其进程已终止（{reason}）。文件已损坏或过大；本站未受影响。请重新导出。</translation>
        </message>
        <message>
            <source>The model {path} does not say: {questions}. Give golden images with a sub-folder per class (--golden), the answers (--set, --good), or accept what is usual (--yes).</source>
            <translation>模型 {path} 未说明：{questions}。请提供按类别分子文件夹的标准样件图像（--golden）、给出答案（--set、--good），或接受常用值（--yes）。</translation>
        </message>
        <message>
            <source>The model {path} does not take or give what its card says (expected {expected}, found {found}). Teach the model again.</source>
            <translation>模型 {path} 的输入或输出与其说明卡不符（应为 {expected}，实为 {found}）。请重新示教模型。</translation>
        </message>
        <message>
            <source>The model {path} has no card: it was not made by this station, and must be imported first.</source>
            <translation>模型 {path} 没有说明卡：它不是由本检测站生成的，须先导入。</translation>
        </message>
        <message>
            <source>The model {path} is recognised, but it cannot judge parts: {reason}. Export another task or another size where it was taught.</source>
            <translation>已识别模型 {path}，但它无法判断零件：{reason}。请在训练它的程序中导出其他任务或其他尺寸。</translation>
        </message>
        <message>
            <source>The model {path} is refused, as it could do harm: {reason}. Use a model made by this program or from a source you trust.</source>
            <translation>模型 {path} 可能有害，已被拒绝：{reason}。请使用本程序生成的模型或可信来源的模型。</translation>
        </message>
        <message>
            <source>The new product is kept. Start the station anew, without --recipe and --model, to inspect it.</source>
            <translation>新产品已保存。请不带 --recipe 和 --model 重新启动检测站以检测该产品。</translation>
        </message>
        <message>
            <source>The picture of {source} is black. Check the light and the lens cap.</source>
            <translation>{source} 的图像全黑。请检查光源和镜头盖。</translation>
        </message>
        <message>
            <source>The picture of {source} is blurred (sharpness {focus}, at least {limit} is needed). Check the focus, and clean the lens.</source>
            <translation>{source} 的画面模糊（清晰度 {focus}，至少需要 {limit}）。请检查对焦并清洁镜头。</translation>
        </message>
        <message>
            <source>The picture of {source} is over-exposed: {percent} % of it is white. Check the light and the exposure time.</source>
            <translation>{source} 的画面曝光过度：{percent} % 为全白。请检查光源和曝光时间。</translation>
        </message>
        <message>
            <source>The plant server {address} does not answer: {reason}. Everything is kept here and copied when it answers again.</source>
            <translation>工厂服务器 {address} 无响应：{reason}。所有数据保存在本机，恢复后自动复制。</translation>
        </message>
        <message>
            <source>The recipe has a wrong value for “{field}”: {value}. Allowed: {allowed}.</source>
            <translation>配方中“{field}”的值有误：{value}。允许：{allowed}。</translation>
        </message>
        <message>
            <source>The recipe {path} cannot be read: {reason}. Correct the file.</source>
            <translation>配方 {path} 无法读取：{reason}。请改正此文件。</translation>
        </message>
        <message>
            <source>The records were damaged ({reason}). The old file was put aside as {path}, new records have begun, and the old ones are being saved. Tell service, then confirm.</source>
            <translation>记录已损坏（{reason}）。旧文件已另存为 {path}，新记录已开始，旧记录正在抢救。请通知服务人员，然后确认。</translation>
        </message>
        <message>
            <source>The records {path} were missing although pictures are there. New records have begun, and the old ones are rebuilt from the pictures. Tell service, then confirm.</source>
            <translation>图像还在，但记录 {path} 缺失。新记录已开始，旧记录正从图像重建。请通知服务人员，然后确认。</translation>
        </message>
        <message>
            <source>The serial number “{serial}” does not belong to the recipe “{recipe}”. Check the part, or choose the recipe of this product.</source>
            <translation>序列号“{serial}”不属于配方“{recipe}”。请检查该件，或选择此产品的配方。</translation>
        </message>
        <message>
            <source>The settings in {path} are broken at “{field}”: {reason}. Correct that line, or put the file aside to start with the defaults.</source>
            <translation>设置文件 {path} 在“{field}”处有误：{reason}。请改正该行，或移走此文件以默认设置启动。</translation>
        </message>
        <message>
            <source>The settings in {path} were broken at “{field}” ({reason}); the last good ones are in use. Check what was changed last, then confirm.</source>
            <translation>{path} 中的设置在“{field}”处损坏（{reason}），现使用上一次有效的设置。请检查最近的更改，然后确认。</translation>
        </message>
        <message>
            <source>The settings in {path} were written by a newer program (form {version}). Install the newer program, or choose another data folder.</source>
            <translation>{path} 中的设置由更新版本的程序写入（格式 {version}）。请安装新版程序，或选择另一个数据文件夹。</translation>
        </message>
        <message>
            <source>The simulated PLC has ended by itself: {reason}. The machine of before is served again.</source>
            <translation>模拟 PLC 自行结束：{reason}。现已恢复原来的设备。</translation>
        </message>
        <message>
            <source>The station cannot listen at {address}: {reason}. Choose an address of this computer and another port; no part is passed meanwhile.</source>
            <translation>工位无法在 {address} 监听：{reason}。请选择本机的地址和其他端口；在此期间不放行任何零件。</translation>
        </message>
        <message>
            <source>The station is not ready ({state}). Wait until it is, or look at the message above.</source>
            <translation>检测站未就绪（{state}）。请等待就绪，或查看上方的提示。</translation>
        </message>
        <message>
            <source>The station is still busy with the parts before. Wait a moment; this part was not inspected.</source>
            <translation>检测站还在处理前面的工件。请稍等；此工件未检。</translation>
        </message>
        <message>
            <source>The station stopped while this part was in work; it was not inspected. Find the part and inspect it again.</source>
            <translation>该件在检时检测站停止，因此未检。请找到该件并重新检测。</translation>
        </message>
        <message>
            <source>The table {path} does not exist. Check the name.</source>
            <translation>表格 {path} 不存在。请检查名称。</translation>
        </message>
        <message>
            <source>There are no images in {path}. Choose a folder with PNG, JPEG, BMP, TIFF or WebP files.</source>
            <translation>{path} 中没有图像。请选择含有 PNG、JPEG、BMP、TIFF 或 WebP 文件的文件夹。</translation>
        </message>
        <message>
            <source>There are no records in {path} yet. Check the folder, or run the station there first.</source>
            <translation>{path} 中还没有记录。请检查文件夹，或先在那里运行检测站。</translation>
        </message>
        <message>
            <source>There is no class “{label}”. Known: {known}.</source>
            <translation>没有类别“{label}”。现有：{known}。</translation>
        </message>
        <message>
            <source>There is no column “{column}” in {path}. Known: {known}.</source>
            <translation>{path} 中没有列“{column}”。已知的列：{known}。</translation>
        </message>
        <message>
            <source>There is no connection to {machine}, which is beside the machine that is served. Check cable and power there; inspection goes on, and the station connects again by itself.</source>
            <translation>与 {machine} 没有连接（所服务机器之外的旁路）。请检查其电缆和电源；检测照常进行，工位会自动重新连接。</translation>
        </message>
        <message>
            <source>There is no decision to undo.</source>
            <translation>没有可撤销的判定。</translation>
        </message>
        <message>
            <source>There is no kind of camera “{kind}”. Known: {known}.</source>
            <translation>没有“{kind}”这种相机。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no kind of machine “{kind}”. Known: {known}.</source>
            <translation>没有“{kind}”这种设备。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no method “{method}”. Known: {known}.</source>
            <translation>没有方法“{method}”。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no provider “{wish}”. Known: {known}.</source>
            <translation>没有运算设备“{wish}”。可用：{known}。</translation>
        </message>
        <message>
            <source>There is no recipe “{name}”. Known here: {known}.</source>
            <translation>没有配方“{name}”。现有：{known}。</translation>
        </message>
        <message>
            <source>There is no record {uid} in this data folder.</source>
            <translation>此数据文件夹中没有记录 {uid}。</translation>
        </message>
        <message>
            <source>There is not exactly one readable model in {path} ({reason}). Choose the ONNX file itself, or a folder or zip with one.</source>
            <translation>{path} 中并非恰好有一个可读的模型（{reason}）。请直接选择 ONNX 文件，或只含一个模型的文件夹或 ZIP。</translation>
        </message>
        <message>
            <source>There is nothing to export: no part fits the filter. Choose a longer time or fewer conditions.</source>
            <translation>没有可导出的内容：没有符合筛选条件的工件。请选择更长的时间或更少的条件。</translation>
        </message>
        <message>
            <source>There is nothing to tell apart in {path}: found only {found}. Make one sub-folder for each class, at least two.</source>
            <translation>{path} 中没有可区分的类别：只找到 {found}。请为每个类别建一个子文件夹，至少两个。</translation>
        </message>
        <message>
            <source>There is nothing to tell apart: the column “{column}” of {path} holds {found}. Two values are needed, each several times.</source>
            <translation>没有可以区分的内容：{path} 的列“{column}”含有 {found}。需要两种值，且每种出现多次。</translation>
        </message>
        <message>
            <source>There was not enough memory to judge a part: {reason}. The line starts again by itself; close other programs on this PC.</source>
            <translation>内存不足，无法判定工件：{reason}。检测线会自动重启；请关闭本机上的其他程序。</translation>
        </message>
        <message>
            <source>These columns never change, and are left out: {columns}. Check that the sensors work.</source>
            <translation>以下列的值从不变化，已略去：{columns}。请检查传感器是否正常工作。</translation>
        </message>
        <message>
            <source>This PC was asleep for {seconds} s. Camera and machine are connected again; inspect a golden sample before you go on.</source>
            <translation>本机休眠了 {seconds} 秒。相机和机器已重新连接；继续前请先检测标准样件。</translation>
        </message>
        <message>
            <source>This needs a part of the program that is not installed: {extra}. Install it with: pip install "station[{extra}]".</source>
            <translation>此功能需要未安装的组件：{extra}。安装命令：pip install "station[{extra}]"。</translation>
        </message>
        <message>
            <source>{count} parts were in work when the station stopped, and were not inspected: {numbers}. Find them and inspect them again.</source>
            <translation>检测站停止时有 {count} 件在检，均未检：{numbers}。请找到这些件并重新检测。</translation>
        </message>
        <message>
            <source>{file} is not as it was when {path} was frozen, so nothing is learnt from it. Freeze the images again.</source>
            <translation>{file} 与冻结 {path} 时的内容不一致，因此不会用于学习。请重新冻结图像。</translation>
        </message>
        <message>
            <source>{machine}, beside the machine that is served, cannot be used: {reason}. Check its settings; inspection goes on without it.</source>
            <translation>{machine}（所服务机器之外的旁路）无法使用：{reason}。请检查其设置；检测在没有它的情况下照常进行。</translation>
        </message>
        <message>
            <source>{machine}, beside the machine that is served, refuses the station's name, password or certificate. Check them; inspection goes on without it.</source>
            <translation>{machine}（所服务机器之外的旁路）拒绝工位的名称、密码或证书。请检查；检测在没有它的情况下照常进行。</translation>
        </message>
        <message>
            <source>{path} cannot be read as a table: {reason}. Give CSV with a header, tab-separated text, or the text of C-MAPSS with 26 columns.</source>
            <translation>无法把 {path} 作为表格读取：{reason}。请提供带表头的 CSV、制表符分隔的文本，或 26 列的 C-MAPSS 文本。</translation>
        </message>
        <message>
            <source>{path} cannot be read as images with labels: {reason}. Use one sub-folder for each class, COCO, YOLO, Pascal VOC or CSV.</source>
            <translation>无法将 {path} 读取为带标签的图像：{reason}。请使用每类一个子文件夹、COCO、YOLO、Pascal VOC 或 CSV。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Check the disk; until then no part is passed, and nothing recorded is lost.</source>
            <translation>{path} 无法写入：{reason}。请检查磁盘；在此之前不会放行任何工件，已记录的内容不会丢失。</translation>
        </message>
        <message>
            <source>{path} cannot be written: {reason}. Choose another place.</source>
            <translation>{path} 无法写入：{reason}。请选择另一个位置。</translation>
        </message>
        <message>
            <source>{path} has only {count} rows; at least {minimum} are needed. Collect more first.</source>
            <translation>{path} 只有 {count} 行，至少需要 {minimum} 行。请先收集更多数据。</translation>
        </message>
        <message>
            <source>{path} has {count} values for {units} units. Give one remaining life a unit, in the order of the units.</source>
            <translation>{path} 有 {count} 个值，而单元有 {units} 个。请按单元的顺序，为每个单元给出一个剩余寿命。</translation>
        </message>
        <message>
            <source>{path} is a {kind} file. Export it as ONNX where it was taught, then import that file.</source>
            <translation>{path} 是 {kind} 文件。请在训练它的程序中导出为 ONNX，然后导入该文件。</translation>
        </message>
        <message>
            <source>{path} is already a model of this station. Use it as it is; nothing is to be imported.</source>
            <translation>{path} 已经是本站的模型。可直接使用，无需导入。</translation>
        </message>
        <message>
            <source>{path} is not an ONNX model, or it is damaged. Choose a model file that this station taught.</source>
            <translation>{path} 不是 ONNX 模型，或已损坏。请选择由本检测站示教的模型文件。</translation>
        </message>
        <message>
            <source>{path} is not an image, or it is damaged. Save it again as PNG.</source>
            <translation>{path} 不是图像，或已损坏。请重新保存为 PNG。</translation>
        </message>
        <message>
            <source>{path} was not unpacked: {member} is not safe ({reason}). Nothing of it was taken; pack the images again.</source>
            <translation>{path} 未被解压：{member} 不安全（{reason}）。未导入任何内容；请重新打包图像。</translation>
        </message>
        <message>
            <source>{rows} records were saved or rebuilt from the pictures; {failed} could not be read. Check the newest parts in the history, then confirm.</source>
            <translation>已抢救或从图像重建 {rows} 条记录，{failed} 条无法读取。请在历史中检查最新的工件，然后确认。</translation>
        </message>
        <message>
            <source>“{address}” is no address of a plant server. Possible: {known}.</source>
            <translation>“{address}”不是工厂服务器地址。可用格式：{known}。</translation>
        </message>
        <message>
            <source>“{answer}” is no answer to a question about the model {path}. Known: {known}.</source>
            <translation>“{answer}”不是关于模型 {path} 的有效答案。可用：{known}。</translation>
        </message>
        <message>
            <source>“{column}” almost is “{target}” (correlation {correlation}). If it is only known afterwards, or is a part of it, the result is worth nothing: leave it out with --drop {column}.</source>
            <translation>“{column}”与“{target}”几乎相同（相关系数 {correlation}）。如果它只能事后得知，或是目标的一部分，结果就毫无价值：请用 --drop {column} 去掉它。</translation>
        </message>
        <message>
            <source>“{column}” names only {count} in {path}; at least {minimum} are needed, so that some can be kept back to check what was learnt.</source>
            <translation>{path} 的“{column}”列中只有 {count} 个不同对象，至少需要 {minimum} 个，以便留出一部分来检验学到的内容。</translation>
        </message>
        <message>
            <source>“{product}” has no earlier model to go back to.</source>
            <translation>“{product}”没有可以退回的更早模型。</translation>
        </message>
        <message>
            <source>“{product}” has no model number {number}.</source>
            <translation>“{product}”没有编号为 {number} 的模型。</translation>
        </message>
        <message>
            <source>“{rule}” does not say which lines to skip. Write COLUMN=VALUE or COLUMN!=VALUE.</source>
            <translation>“{rule}”没有说明要略去哪些行。请写成 列=值 或 列!=值。</translation>
        </message>
    </context>
    <context>
        <name>History</name>
        <message>
            <source>(taken back)</source>
            <translation>（已撤回）</translation>
        </message>
        <message>
            <source>+1 day</source>
            <translation>+1 天</translation>
        </message>
        <message>
            <source>+1 h</source>
            <translation>+1 小时</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 天</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 天</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>判为合格</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <source>Computed by</source>
            <translation>计算单元</translation>
        </message>
        <message>
            <source>Decision</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>Defect</source>
            <translation>缺陷</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>用时</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export the parts that are asked for</source>
            <translation>导出所筛选的工件</translation>
        </message>
        <message>
            <source>Export to</source>
            <translation>导出到</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>From when to when?</source>
            <translation>从何时到何时？</translation>
        </message>
        <message>
            <source>From … to …</source>
            <translation>从…到…</translation>
        </message>
        <message>
            <source>Known label</source>
            <translation>已知标签</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>限值</translation>
        </message>
        <message>
            <source>Lot</source>
            <translation>批次</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>更多…</translation>
        </message>
        <message>
            <source>Newer</source>
            <translation>较新</translation>
        </message>
        <message>
            <source>No part fits. Choose a longer time or fewer conditions.</source>
            <translation>没有符合条件的工件。请选择更长的时间或更少的条件。</translation>
        </message>
        <message>
            <source>Nothing has been recorded yet</source>
            <translation>还没有任何记录</translation>
        </message>
        <message>
            <source>Older</source>
            <translation>较早</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>操作员</translation>
        </message>
        <message>
            <source>Or type it here</source>
            <translation>或在此输入</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Picture deleted: {why}</source>
            <translation>图片已删除：{why}</translation>
        </message>
        <message>
            <source>Picture kept for good: {why}</source>
            <translation>图片永久保留：{why}</translation>
        </message>
        <message>
            <source>Pictures and table (ZIP)</source>
            <translation>图片和表格（ZIP）</translation>
        </message>
        <message>
            <source>Process values</source>
            <translation>过程值</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>判为不合格</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>得分</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>各类得分</translation>
        </message>
        <message>
            <source>Serial</source>
            <translation>序列号</translation>
        </message>
        <message>
            <source>Serial number, or its beginning and *</source>
            <translation>序列号，或其开头加 *</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Started by</source>
            <translation>触发方式</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>工位</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>表格（CSV）</translation>
        </message>
        <message>
            <source>Table (Excel)</source>
            <translation>表格（Excel）</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>The machine was told: good part</source>
            <translation>已通知设备：合格件</translation>
        </message>
        <message>
            <source>The machine was told: hold</source>
            <translation>已通知设备：扣留</translation>
        </message>
        <message>
            <source>The machine was told: sort out</source>
            <translation>已通知设备：剔除</translation>
        </message>
        <message>
            <source>The newest {count} parts, more below</source>
            <translation>最新 {count} 件，下面还有</translation>
        </message>
        <message>
            <source>The picture was deleted on {when}</source>
            <translation>图片已于 {when} 删除</translation>
        </message>
        <message>
            <source>The records cannot be read now</source>
            <translation>现在无法读取记录</translation>
        </message>
        <message>
            <source>There is no picture of this part</source>
            <translation>此工件没有图片</translation>
        </message>
        <message>
            <source>This shift</source>
            <translation>本班</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>判定</translation>
        </message>
        <message>
            <source>Verdict {verdict}</source>
            <translation>判定结果：{verdict}</translation>
        </message>
        <message>
            <source>Views</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>待复判</translation>
        </message>
        <message>
            <source>a part seen in the picture</source>
            <translation>在图像中看到工件</translation>
        </message>
        <message>
            <source>button</source>
            <translation>按钮</translation>
        </message>
        <message>
            <source>challenge part</source>
            <translation>挑战件</translation>
        </message>
        <message>
            <source>command</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>golden sample</source>
            <translation>标准样件</translation>
        </message>
        <message>
            <source>its time was over</source>
            <translation>已过保留期</translation>
        </message>
        <message>
            <source>keyboard</source>
            <translation>键盘</translation>
        </message>
        <message>
            <source>machine</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>parts in this time</source>
            <translation>此时段的工件</translation>
        </message>
        <message>
            <source>review from {low}, NG from {high}</source>
            <translation>{low} 起待复判，{high} 起不合格</translation>
        </message>
        <message>
            <source>sample for training</source>
            <translation>训练样本</translation>
        </message>
        <message>
            <source>timer</source>
            <translation>定时器</translation>
        </message>
        <message>
            <source>trigger line of the camera</source>
            <translation>相机触发线</translation>
        </message>
        <message>
            <source>yield: {ok} of {parts}</source>
            <translation>良率：{parts} 中 {ok}</translation>
        </message>
        <message>
            <source>{count} new</source>
            <translation>{count} 件新</translation>
        </message>
        <message>
            <source>{count} parts saved</source>
            <translation>已保存 {count} 件</translation>
        </message>
        <message>
            <source>{count} parts written</source>
            <translation>已写 {count} 件</translation>
        </message>
        <message>
            <source>{count} parts, newest first</source>
            <translation>{count} 件，最新在前</translation>
        </message>
        <message>
            <source>{count} pictures are missing; the table in the file names them.</source>
            <translation>缺少 {count} 张图片；文件中的表格列出了它们。</translation>
        </message>
        <message>
            <source>{whole}, the model {share}</source>
            <translation>{whole}，其中模型 {share}</translation>
        </message>
        <message>
            <source>−1 day</source>
            <translation>−1 天</translation>
        </message>
        <message>
            <source>−1 h</source>
            <translation>−1 小时</translation>
        </message>
    </context>
    <context>
        <name>Inspect</name>
        <message>
            <source>A picture of a known good part, to compare with</source>
            <translation>标准样件的图像，供对比</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>合格</translation>
        </message>
        <message>
            <source>Accepted by hand</source>
            <translation>人工判为合格</translation>
        </message>
        <message>
            <source>Another part has just come. Look, then press again.</source>
            <translation>刚来了下一个工件。请看清后再按一次。</translation>
        </message>
        <message>
            <source>Another part lay there</source>
            <translation>放的是另一个工件</translation>
        </message>
        <message>
            <source>Another reason…</source>
            <translation>其他原因…</translation>
        </message>
        <message>
            <source>Being recorded…</source>
            <translation>正在记录…</translation>
        </message>
        <message>
            <source>FAULT</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>Golden</source>
            <translation>标准样件</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>热力图</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Inspect part</source>
            <translation>检测工件</translation>
        </message>
        <message>
            <source>Inspect {serial}</source>
            <translation>检测 {serial}</translation>
        </message>
        <message>
            <source>LIVE</source>
            <translation>实时</translation>
        </message>
        <message>
            <source>Looked at the part again</source>
            <translation>重新看过工件</translation>
        </message>
        <message>
            <source>Lot {lot}</source>
            <translation>批次 {lot}</translation>
        </message>
        <message>
            <source>Measured the part</source>
            <translation>测量过工件</translation>
        </message>
        <message>
            <source>No part inspected yet</source>
            <translation>尚未检测工件</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>暂无图像</translation>
        </message>
        <message>
            <source>Other…</source>
            <translation>其他…</translation>
        </message>
        <message>
            <source>Part {number}</source>
            <translation>工件 {number}</translation>
        </message>
        <message>
            <source>Pressed the wrong key</source>
            <translation>按错了键</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>不合格</translation>
        </message>
        <message>
            <source>Rejected by hand</source>
            <translation>人工判为不合格</translation>
        </message>
        <message>
            <source>Rejected by hand: {label}</source>
            <translation>人工判为不合格：{label}</translation>
        </message>
        <message>
            <source>SN {serial}</source>
            <translation>序列号 {serial}</translation>
        </message>
        <message>
            <source>STARTING</source>
            <translation>启动中</translation>
        </message>
        <message>
            <source>STOPPED</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>Team leader decided</source>
            <translation>班组长决定</translation>
        </message>
        <message>
            <source>The picture is not at hand</source>
            <translation>图像暂不可用</translation>
        </message>
        <message>
            <source>This part was decided before. Why is it changed?</source>
            <translation>此工件已判定过，为何改判？</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>What is wrong with the part?</source>
            <translation>工件有什么缺陷？</translation>
        </message>
        <message>
            <source>between {low} and {high}</source>
            <translation>介于 {low} 与 {high} 之间</translation>
        </message>
        <message>
            <source>confirm {label}</source>
            <translation>确认{label}</translation>
        </message>
        <message>
            <source>first-pass yield</source>
            <translation>直通率</translation>
        </message>
        <message>
            <source>inspected this shift</source>
            <translation>本班已检</translation>
        </message>
        <message>
            <source>limit {limit}</source>
            <translation>阈值 {limit}</translation>
        </message>
        <message>
            <source>not inspected</source>
            <translation>未检</translation>
        </message>
        <message>
            <source>part is bad</source>
            <translation>工件有缺陷</translation>
        </message>
        <message>
            <source>part is good</source>
            <translation>工件良好</translation>
        </message>
        <message>
            <source>parts / min</source>
            <translation>件 / 分钟</translation>
        </message>
        <message>
            <source>reject as {label}</source>
            <translation>判为{label}</translation>
        </message>
        <message>
            <source>waiting for review</source>
            <translation>待复判</translation>
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
            <translation>毛刺</translation>
        </message>
        <message>
            <source>Crack</source>
            <translation>裂纹</translation>
        </message>
        <message>
            <source>Dent</source>
            <translation>凹坑</translation>
        </message>
        <message>
            <source>Good</source>
            <translation>良品</translation>
        </message>
        <message>
            <source>Missing hole</source>
            <translation>缺孔</translation>
        </message>
        <message>
            <source>Scratch</source>
            <translation>划痕</translation>
        </message>
        <message>
            <source>Stain</source>
            <translation>脏污</translation>
        </message>
    </context>
    <context>
        <name>New</name>
        <message>
            <source>A name that everybody at the line knows.</source>
            <translation>产线上人人都认识的名称。</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>Bad parts: {count}</source>
            <translation>不良品：{count}</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>I have none: learn now</source>
            <translation>没有：现在学习</translation>
        </message>
        <message>
            <source>It has learnt, and judges from the next part on.</source>
            <translation>学习完成，从下一件开始判定。</translation>
        </message>
        <message>
            <source>Lay a good part under the camera and take a picture. Then the next one: each part once, as it lies in production.</source>
            <translation>将一件合格品放在相机下并拍照，然后换下一件：每件拍一次，摆放与生产时相同。</translation>
        </message>
        <message>
            <source>Learn now</source>
            <translation>现在学习</translation>
        </message>
        <message>
            <source>Learning what a good part looks like</source>
            <translation>正在学习合格品的样子</translation>
        </message>
        <message>
            <source>Look at its first verdicts on the Inspect page. What you decide there makes it better with the next lesson.</source>
            <translation>请在检测页查看最初的判定。您在那里的决定会让下一次教学更好。</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>No picture from the camera yet</source>
            <translation>相机尚无图像</translation>
        </message>
        <message>
            <source>Now bad parts, if you have some</source>
            <translation>现在放不良品（如有）</translation>
        </message>
        <message>
            <source>Show good parts to the camera</source>
            <translation>请将合格品放到相机前</translation>
        </message>
        <message>
            <source>Step {step} of {steps}</source>
            <translation>第 {step} 步，共 {steps} 步</translation>
        </message>
        <message>
            <source>Stop learning</source>
            <translation>停止学习</translation>
        </message>
        <message>
            <source>Such as Flange 120</source>
            <translation>例如 法兰 120</translation>
        </message>
        <message>
            <source>Take a folder of pictures instead…</source>
            <translation>改用图片文件夹…</translation>
        </message>
        <message>
            <source>Take a picture</source>
            <translation>拍照</translation>
        </message>
        <message>
            <source>Teach a new product</source>
            <translation>教新产品</translation>
        </message>
        <message>
            <source>The station goes on inspecting meanwhile.</source>
            <translation>期间工位继续检测。</translation>
        </message>
        <message>
            <source>There is a product called {name} already.</source>
            <translation>已有名为 {name} 的产品。</translation>
        </message>
        <message>
            <source>This picture is there already. Lay another part under the camera.</source>
            <translation>这张图片已有。请换一件放到相机下。</translation>
        </message>
        <message>
            <source>Three or more help to find such faults. Without any, all that looks unlike a good part is found.</source>
            <translation>三件以上有助于找出此类缺陷。没有也可以：凡与合格品不同之处都会被找出。</translation>
        </message>
        <message>
            <source>What is the product called?</source>
            <translation>产品叫什么？</translation>
        </message>
        <message>
            <source>{count} of {wanted} good parts</source>
            <translation>合格品 {count} / {wanted}</translation>
        </message>
        <message>
            <source>{product} is being inspected</source>
            <translation>正在检测 {product}</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>Nothing waits for review</source>
            <translation>没有待复判的工件</translation>
        </message>
        <message>
            <source>Waiting for review: {count}</source>
            <translation>待复判：{count}</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} 小时</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} 分钟</translation>
        </message>
    </context>
    <context>
        <name>Setup</name>
        <message>
            <source>A folder of pictures</source>
            <translation>图片文件夹</translation>
        </message>
        <message>
            <source>A part is inspected every so many seconds.</source>
            <translation>每隔这么多秒检测一件。</translation>
        </message>
        <message>
            <source>A person lays the part down, presses Inspect part and takes it away.</source>
            <translation>人工放件，按“检测”，再取走。</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Address (host:port)</source>
            <translation>地址（主机:端口）</translation>
        </message>
        <message>
            <source>Address of a stream…</source>
            <translation>视频流地址…</translation>
        </message>
        <message>
            <source>All settings ({count} more)</source>
            <translation>全部设置（另有 {count} 项）</translation>
        </message>
        <message>
            <source>Arrows move by a pixel, Ctrl with arrows stretches. After a large change teach the model anew, or prove it: the golden sample is checked when you save.</source>
            <translation>方向键移动一个像素，Ctrl 加方向键缩放。改动较大时请重新教模型或重新验证：保存时会检查标准样件。</translation>
        </message>
        <message>
            <source>At the camera’s own input line</source>
            <translation>相机输入线触发</translation>
        </message>
        <message>
            <source>BUSY {busy} ms, VALID {valid} ms</source>
            <translation>BUSY {busy} ms，VALID {valid} ms</translation>
        </message>
        <message>
            <source>Back to {name}</source>
            <translation>恢复 {name}</translation>
        </message>
        <message>
            <source>Begin the test</source>
            <translation>开始测试</translation>
        </message>
        <message>
            <source>Being proven…</source>
            <translation>正在验证…</translation>
        </message>
        <message>
            <source>Black level</source>
            <translation>黑电平</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Client</source>
            <translation>客户端</translation>
        </message>
        <message>
            <source>Client: the station asks the PLC. Server: the PLC asks the station, at this address.</source>
            <translation>客户端：本站访问 PLC。服务器：PLC 在此地址访问本站。</translation>
        </message>
        <message>
            <source>DRY RUN: parts are inspected, the machine is told nothing.</source>
            <translation>空跑：照常检测，但不通知设备。</translation>
        </message>
        <message>
            <source>Deadline in ms, then NG</source>
            <translation>时限（ms），超时判 NG</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Demo: drawn parts</source>
            <translation>演示：模拟零件</translation>
        </message>
        <message>
            <source>Do it</source>
            <translation>执行</translation>
        </message>
        <message>
            <source>Dry run: off</source>
            <translation>空跑：关</translation>
        </message>
        <message>
            <source>Dry run: on</source>
            <translation>空跑：开</translation>
        </message>
        <message>
            <source>Dry: parts are inspected, and the machine is left alone.</source>
            <translation>空跑：照常检测，不与设备通信。</translation>
        </message>
        <message>
            <source>Encrypted (TLS)</source>
            <translation>加密（TLS）</translation>
        </message>
        <message>
            <source>End the simulation</source>
            <translation>结束模拟</translation>
        </message>
        <message>
            <source>End the test</source>
            <translation>结束测试</translation>
        </message>
        <message>
            <source>Exposure by itself</source>
            <translation>自动曝光</translation>
        </message>
        <message>
            <source>Exposure time</source>
            <translation>曝光时间</translation>
        </message>
        <message>
            <source>FROZEN</source>
            <translation>已冻结</translation>
        </message>
        <message>
            <source>Fewer settings</source>
            <translation>收起设置</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <source>Folder of pictures…</source>
            <translation>图片文件夹…</translation>
        </message>
        <message>
            <source>Frame rate</source>
            <translation>帧率</translation>
        </message>
        <message>
            <source>Freeze the picture and draw</source>
            <translation>冻结画面并绘制</translation>
        </message>
        <message>
            <source>Further options (name=value)</source>
            <translation>其他选项（名称=值）</translation>
        </message>
        <message>
            <source>Gain</source>
            <translation>增益</translation>
        </message>
        <message>
            <source>Gain by itself</source>
            <translation>自动增益</translation>
        </message>
        <message>
            <source>Heartbeat</source>
            <translation>心跳</translation>
        </message>
        <message>
            <source>Height</source>
            <translation>高度</translation>
        </message>
        <message>
            <source>How do the pictures come?</source>
            <translation>图像如何采集？</translation>
        </message>
        <message>
            <source>Ignore an area</source>
            <translation>添加忽略区</translation>
        </message>
        <message>
            <source>Ignore {number}</source>
            <translation>忽略区 {number}</translation>
        </message>
        <message>
            <source>Ignored from now on: {area}</source>
            <translation>新忽略：{area}</translation>
        </message>
        <message>
            <source>It is kept, and counts once the station is started anew.</source>
            <translation>已保存，重新启动检测站后生效。</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>Kept: it is set whenever the camera is opened.</source>
            <translation>已保留：每次打开相机时都会设置。</translation>
        </message>
        <message>
            <source>Learn the hand-shake at the desk: a PLC in this computer asks for parts, as a real one would. The machine of before comes back when it ends.</source>
            <translation>在桌面上学习握手：本机内的 PLC 像真的一样请求检测。结束后恢复原来的设备。</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Lines of text (TCP)</source>
            <translation>文本行（TCP）</translation>
        </message>
        <message>
            <source>Live picture</source>
            <translation>实时画面</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>设备</translation>
        </message>
        <message>
            <source>No longer ignored: {area}</source>
            <translation>不再忽略：{area}</translation>
        </message>
        <message>
            <source>No picture yet</source>
            <translation>尚无图像</translation>
        </message>
        <message>
            <source>None: by hand</source>
            <translation>无：手动</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>On</source>
            <translation>开</translation>
        </message>
        <message>
            <source>One for each part, by software</source>
            <translation>每件一张，软件触发</translation>
        </message>
        <message>
            <source>Pictures come by themselves</source>
            <translation>连续采集</translation>
        </message>
        <message>
            <source>Pixel format</source>
            <translation>像素格式</translation>
        </message>
        <message>
            <source>Put back</source>
            <translation>还原</translation>
        </message>
        <message>
            <source>Ready by itself</source>
            <translation>自动就绪</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>区域</translation>
        </message>
        <message>
            <source>Region: {before} → {after}</source>
            <translation>区域：{before} → {after}</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>重置</translation>
        </message>
        <message>
            <source>Results for MES and dashboards. No part is released by it.</source>
            <translation>向 MES 和看板发送结果，不用于放行。</translation>
        </message>
        <message>
            <source>SIMULATED PLC: the real machine is not served.</source>
            <translation>模拟 PLC：未连接真实设备。</translation>
        </message>
        <message>
            <source>Save as a new version of {name}?</source>
            <translation>保存为 {name} 的新版本？</translation>
        </message>
        <message>
            <source>Save: it counts from the next part on</source>
            <translation>保存：从下一件起生效</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>Search again</source>
            <translation>重新搜索</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>正在搜索…</translation>
        </message>
        <message>
            <source>Seconds from part to part</source>
            <translation>每件间隔（秒）</translation>
        </message>
        <message>
            <source>Security</source>
            <translation>安全</translation>
        </message>
        <message>
            <source>Serve the simulated PLC instead of “{name}”? It comes back when the simulation ends.</source>
            <translation>用模拟 PLC 代替“{name}”？模拟结束后恢复。</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>清晰度</translation>
        </message>
        <message>
            <source>Signals</source>
            <translation>信号</translation>
        </message>
        <message>
            <source>Simulated PLC</source>
            <translation>模拟 PLC</translation>
        </message>
        <message>
            <source>Start the simulated PLC</source>
            <translation>启动模拟 PLC</translation>
        </message>
        <message>
            <source>Start the simulated PLC…</source>
            <translation>启动模拟 PLC…</translation>
        </message>
        <message>
            <source>Stream</source>
            <translation>视频流</translation>
        </message>
        <message>
            <source>TEST: no part is inspected, outputs do what is pressed here.</source>
            <translation>测试中：不检测零件，输出由此处按键控制。</translation>
        </message>
        <message>
            <source>Take commands</source>
            <translation>接受命令</translation>
        </message>
        <message>
            <source>Test the outputs? No part is inspected meanwhile, and each output does what you press. Make sure that nobody is near the machine.</source>
            <translation>测试输出？其间不检测零件，每个输出按您的操作动作。请确认设备旁无人。</translation>
        </message>
        <message>
            <source>Test the outputs…</source>
            <translation>测试输出…</translation>
        </message>
        <message>
            <source>The address of a stream, such as rtsp://camera/1</source>
            <translation>视频流地址，例如 rtsp://camera/1</translation>
        </message>
        <message>
            <source>The areas to ignore cover all of the region. Make them smaller.</source>
            <translation>忽略区覆盖了整个检测区域。请缩小。</translation>
        </message>
        <message>
            <source>The line looks through {camera} now.</source>
            <translation>产线现在使用相机 {camera}。</translation>
        </message>
        <message>
            <source>The line serves {name} now.</source>
            <translation>产线现在服务于 {name}。</translation>
        </message>
        <message>
            <source>The line takes over the machine…</source>
            <translation>产线正在切换设备…</translation>
        </message>
        <message>
            <source>The line takes over the other camera…</source>
            <translation>产线正在切换相机…</translation>
        </message>
        <message>
            <source>The simulation has ended; the machine of before is served.</source>
            <translation>模拟已结束，已恢复原来的设备。</translation>
        </message>
        <message>
            <source>The station connects to a controller that speaks lines of text.</source>
            <translation>本站连接到以文本行通信的控制器。</translation>
        </message>
        <message>
            <source>The station is</source>
            <translation>本站作为</translation>
        </message>
        <message>
            <source>The station is the server. The password is in STATION_OPCUA_PASSWORD or the keyring.</source>
            <translation>本站为服务器。密码在 STATION_OPCUA_PASSWORD 或密钥环中。</translation>
        </message>
        <message>
            <source>The station runs dry now.</source>
            <translation>检测站现在空跑。</translation>
        </message>
        <message>
            <source>The station was started with another camera, {camera}, which goes on. Start it anew without --camera and --source.</source>
            <translation>检测站启动时指定了另一台相机 {camera}，仍在使用。请不带 --camera 和 --source 重新启动。</translation>
        </message>
        <message>
            <source>Timer</source>
            <translation>定时</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Trigger</source>
            <translation>触发</translation>
        </message>
        <message>
            <source>Trigger source</source>
            <translation>触发源</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单元号</translation>
        </message>
        <message>
            <source>Use this camera</source>
            <translation>使用此相机</translation>
        </message>
        <message>
            <source>Use this machine</source>
            <translation>使用此设备</translation>
        </message>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Version {version} of {name} is in use from the next part on.</source>
            <translation>{name} 的第 {version} 版从下一件起生效。</translation>
        </message>
        <message>
            <source>Video file</source>
            <translation>视频文件</translation>
        </message>
        <message>
            <source>Web camera</source>
            <translation>网络摄像头</translation>
        </message>
        <message>
            <source>What does the station serve?</source>
            <translation>检测站服务于什么？</translation>
        </message>
        <message>
            <source>What was changed lasts until the line ends, unless it is kept.</source>
            <translation>不保留的话，改动只在产线结束前有效。</translation>
        </message>
        <message>
            <source>Whole picture</source>
            <translation>整幅图像</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>宽度</translation>
        </message>
        <message>
            <source>as needed</source>
            <translation>按需</translation>
        </message>
        <message>
            <source>at its best</source>
            <translation>最清晰</translation>
        </message>
        <message>
            <source>good</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>in</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>占用中</translation>
        </message>
        <message>
            <source>mean {mean} · white {white} · black {black}</source>
            <translation>均值 {mean} · 过亮 {white} · 过暗 {black}</translation>
        </message>
        <message>
            <source>no answer in time</source>
            <translation>未及时应答</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>out</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>放行</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>剔除</translation>
        </message>
        <message>
            <source>softer</source>
            <translation>曾更清晰</translation>
        </message>
        <message>
            <source>too bright</source>
            <translation>过亮</translation>
        </message>
        <message>
            <source>too dark</source>
            <translation>过暗</translation>
        </message>
        <message>
            <source>whole picture</source>
            <translation>整幅图像</translation>
        </message>
        <message>
            <source>{now} · best {best}</source>
            <translation>{now} · 最佳 {best}</translation>
        </message>
    </context>
    <context>
        <name>State</name>
        <message>
            <source>fault</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>inspecting</source>
            <translation>检测中</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <source>starting</source>
            <translation>启动中</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <source>stopping</source>
            <translation>停止中</translation>
        </message>
    </context>
    <context>
        <name>Teach</name>
        <message>
            <source>1 image</source>
            <translation>1 张图像</translation>
        </message>
        <message>
            <source>5-fold accuracy</source>
            <translation>五折准确率</translation>
        </message>
        <message>
            <source>A ZIP file of such a folder</source>
            <translation>这种文件夹的 ZIP 文件</translation>
        </message>
        <message>
            <source>A folder for each class</source>
            <translation>每个类别一个文件夹</translation>
        </message>
        <message>
            <source>A folder: a folder in it for each class, or a list</source>
            <translation>文件夹：每个类别一个子文件夹，或一份清单</translation>
        </message>
        <message>
            <source>All lots</source>
            <translation>所有批次</translation>
        </message>
        <message>
            <source>All times</source>
            <translation>所有时间</translation>
        </message>
        <message>
            <source>At most {most} escapes</source>
            <translation>漏检不超过 {most}</translation>
        </message>
        <message>
            <source>Back to {version}</source>
            <translation>回到 {version}</translation>
        </message>
        <message>
            <source>Bad parts escaped</source>
            <translation>有不良品漏检</translation>
        </message>
        <message>
            <source>Bad: such a part fails</source>
            <translation>不良：此类工件不合格</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>上一张</translation>
        </message>
        <message>
            <source>Candidate {version}</source>
            <translation>候选 {version}</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Comparing image sizes</source>
            <translation>正在比较图像尺寸</translation>
        </message>
        <message>
            <source>Comparing ways to learn: {n} of {count}</source>
            <translation>正在比较学习方法：{n} / {count}</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Drag the limits, or move them with the arrow keys</source>
            <translation>拖动界限，或用方向键移动</translation>
        </message>
        <message>
            <source>End the shadow run</source>
            <translation>结束影子运行</translation>
        </message>
        <message>
            <source>Escapes (bad passed)</source>
            <translation>漏检（不良放过）</translation>
        </message>
        <message>
            <source>Every image has its class. Nothing is left to review.</source>
            <translation>每张图像都有类别，没有待复核的。</translation>
        </message>
        <message>
            <source>Export the data set as</source>
            <translation>数据集导出格式</translation>
        </message>
        <message>
            <source>Export to an empty folder</source>
            <translation>导出到空文件夹</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>False rejects (good failed)</source>
            <translation>过杀（良品判废）</translation>
        </message>
        <message>
            <source>Fewer escapes</source>
            <translation>漏检更少</translation>
        </message>
        <message>
            <source>Fewer false rejects</source>
            <translation>过杀更少</translation>
        </message>
        <message>
            <source>First model</source>
            <translation>首个模型</translation>
        </message>
        <message>
            <source>Freezing the data set</source>
            <translation>正在固定数据集</translation>
        </message>
        <message>
            <source>Go back to {version} from the next part on. Why?</source>
            <translation>从下一件起回到 {version}。原因？</translation>
        </message>
        <message>
            <source>Good: such a part passes</source>
            <translation>良品：此类工件合格</translation>
        </message>
        <message>
            <source>Held out for test</source>
            <translation>留作测试</translation>
        </message>
        <message>
            <source>How many of the bad parts may pass, at most?</source>
            <translation>不良品最多允许漏过多少？</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>图像</translation>
        </message>
        <message>
            <source>Import from</source>
            <translation>导入来源</translation>
        </message>
        <message>
            <source>Import images of this product</source>
            <translation>导入此产品的图像</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>导入…</translation>
        </message>
        <message>
            <source>In shadow: agrees on {parts} parts</source>
            <translation>影子：{parts} 件全部一致</translation>
        </message>
        <message>
            <source>In shadow: no part seen yet</source>
            <translation>影子：尚未看到工件</translation>
        </message>
        <message>
            <source>In shadow: {count} of {parts} parts differ</source>
            <translation>影子：{parts} 件中 {count} 件不一致</translation>
        </message>
        <message>
            <source>In use: {ours} {score} · shadow: {theirs} {other}</source>
            <translation>在用：{ours} {score} · 影子：{theirs} {other}</translation>
        </message>
        <message>
            <source>It was only a trial</source>
            <translation>只是试用</translation>
        </message>
        <message>
            <source>Judge by {version} with review from {low}, NG from {high}. Why?</source>
            <translation>用 {version} 判定：{low} 起复判，{high} 起不合格。原因？</translation>
        </message>
        <message>
            <source>Label {count} as</source>
            <translation>将 {count} 张标为</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>最近 30 天</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>正在学习</translation>
        </message>
        <message>
            <source>Learning from {learns} images, testing on {tests} kept back</source>
            <translation>用 {learns} 张图像学习，用留出的 {tests} 张测试</translation>
        </message>
        <message>
            <source>Likely mislabelled</source>
            <translation>疑似标错</translation>
        </message>
        <message>
            <source>Looking at images</source>
            <translation>正在分析图像</translation>
        </message>
        <message>
            <source>Lot: {lot}</source>
            <translation>批次：{lot}</translation>
        </message>
        <message>
            <source>New class</source>
            <translation>新类别</translation>
        </message>
        <message>
            <source>New kind of defect</source>
            <translation>新的缺陷类型</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>No figures yet</source>
            <translation>尚无数据</translation>
        </message>
        <message>
            <source>No image is kept back yet. The first lesson chooses them.</source>
            <translation>尚无留出图像。首次教学时选出。</translation>
        </message>
        <message>
            <source>No image is set aside.</source>
            <translation>没有搁置的图像。</translation>
        </message>
        <message>
            <source>No images of this class yet. Import a folder, or choose images in Unreviewed and give them this class.</source>
            <translation>此类别尚无图像。请导入文件夹，或在未复核中选择图像并归入此类别。</translation>
        </message>
        <message>
            <source>No label looks wrong. Each lesson looks for them again.</source>
            <translation>没有看起来标错的。每次教学会重新查找。</translation>
        </message>
        <message>
            <source>No operator has said something else than the model.</source>
            <translation>没有操作员与模型意见不同。</translation>
        </message>
        <message>
            <source>No product is inspected. Teach a new product to begin.</source>
            <translation>没有在检产品。请先教一个新产品。</translation>
        </message>
        <message>
            <source>No such images in this lot and time. Choose all to see more.</source>
            <translation>该批次和时段没有这样的图像。选择全部可看到更多。</translation>
        </message>
        <message>
            <source>Nothing judges parts of this product yet.</source>
            <translation>此产品尚无模型判定。</translation>
        </message>
        <message>
            <source>Of which lot?</source>
            <translation>哪个批次？</translation>
        </message>
        <message>
            <source>Of which time?</source>
            <translation>哪段时间？</translation>
        </message>
        <message>
            <source>On the same {count} kept-back parts</source>
            <translation>在相同的 {count} 个留出件上</translation>
        </message>
        <message>
            <source>Operator overruled</source>
            <translation>操作员改判</translation>
        </message>
        <message>
            <source>Or another reason</source>
            <translation>或其他原因</translation>
        </message>
        <message>
            <source>Or per cent, such as 0.5</source>
            <translation>或输入百分比，例如 0.5</translation>
        </message>
        <message>
            <source>Part or light has changed</source>
            <translation>工件或光照已变</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精确率</translation>
        </message>
        <message>
            <source>Proven: at most {high} escape.</source>
            <translation>已证明：漏检不超过 {high}。</translation>
        </message>
        <message>
            <source>Proven: at most {high} escape. {needed} bad parts could prove {most}.</source>
            <translation>已证明：漏检不超过 {high}。要证明 {most} 需 {needed} 件不良品。</translation>
        </message>
        <message>
            <source>Put {version} in use</source>
            <translation>启用 {version}</translation>
        </message>
        <message>
            <source>Put {version} in use instead of {old}: review from {low}, NG from {high}. Why?</source>
            <translation>用 {version} 代替 {old}：{low} 起复判，{high} 起不合格。原因？</translation>
        </message>
        <message>
            <source>Put {version} in use: review from {low}, NG from {high}. Why?</source>
            <translation>启用 {version}：{low} 起复判，{high} 起不合格。原因？</translation>
        </message>
        <message>
            <source>Reading images</source>
            <translation>正在读取图像</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>检出率</translation>
        </message>
        <message>
            <source>Run in shadow</source>
            <translation>影子运行</translation>
        </message>
        <message>
            <source>Scores of kept-back parts</source>
            <translation>留出件的分数</translation>
        </message>
        <message>
            <source>Sent to review</source>
            <translation>送复判</translation>
        </message>
        <message>
            <source>Set aside</source>
            <translation>搁置</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <source>Stop ({share} %)</source>
            <translation>停止（{share} %）</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>表格 (CSV)</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>教学</translation>
        </message>
        <message>
            <source>Teach a new product…</source>
            <translation>教新产品…</translation>
        </message>
        <message>
            <source>Teach again</source>
            <translation>重新教</translation>
        </message>
        <message>
            <source>Teach candidate {version}</source>
            <translation>教候选 {version}</translation>
        </message>
        <message>
            <source>Testing on kept-back parts</source>
            <translation>用留出件测试</translation>
        </message>
        <message>
            <source>The shadow run was good</source>
            <translation>影子运行良好</translation>
        </message>
        <message>
            <source>There are no good parts yet. Show some to the camera, or import a folder.</source>
            <translation>尚无合格品。请放几件到相机前，或导入文件夹。</translation>
        </message>
        <message>
            <source>This class is there already.</source>
            <translation>该类别已存在。</translation>
        </message>
        <message>
            <source>Time per part (p95)</source>
            <translation>单件时间（p95）</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Too many false rejects</source>
            <translation>过杀太多</translation>
        </message>
        <message>
            <source>Too slow</source>
            <translation>太慢</translation>
        </message>
        <message>
            <source>Unreviewed</source>
            <translation>未复核</translation>
        </message>
        <message>
            <source>Use these limits</source>
            <translation>启用这些界限</translation>
        </message>
        <message>
            <source>What it is called, such as Scratch</source>
            <translation>名称，例如 划痕</translation>
        </message>
        <message>
            <source>Where the shadow differs</source>
            <translation>影子不一致之处</translation>
        </message>
        <message>
            <source>Without known bad parts nothing can be said about escapes.</source>
            <translation>没有已知不良品，无法说明漏检。</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>处理中</translation>
        </message>
        <message>
            <source>Writing the model</source>
            <translation>正在写入模型</translation>
        </message>
        <message>
            <source>about {minutes} min left</source>
            <translation>约剩 {minutes} 分钟</translation>
        </message>
        <message>
            <source>about {seconds} s left</source>
            <translation>约剩 {seconds} 秒</translation>
        </message>
        <message>
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>held out for test</source>
            <translation>留作测试</translation>
        </message>
        <message>
            <source>limit</source>
            <translation>界限</translation>
        </message>
        <message>
            <source>no class</source>
            <translation>无类别</translation>
        </message>
        <message>
            <source>op. {operator}</source>
            <translation>操作员 {operator}</translation>
        </message>
        <message>
            <source>overruled</source>
            <translation>改判</translation>
        </message>
        <message>
            <source>review</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>set aside</source>
            <translation>已搁置</translation>
        </message>
        <message>
            <source>the model saw {label}</source>
            <translation>模型看到 {label}</translation>
        </message>
        <message>
            <source>{chosen} of {count} chosen</source>
            <translation>已选 {chosen} / {count}</translation>
        </message>
        <message>
            <source>{count} images were taken in.</source>
            <translation>已收入 {count} 张图像。</translation>
        </message>
        <message>
            <source>{count} images were written.</source>
            <translation>已写出 {count} 张图像。</translation>
        </message>
        <message>
            <source>{count} images · newest first</source>
            <translation>{count} 张图像 · 最新在前</translation>
        </message>
        <message>
            <source>{count} of {n}</source>
            <translation>{count} / {n}</translation>
        </message>
        <message>
            <source>{count} of {parts} parts differ: the verdict in use → that of the shadow</source>
            <translation>{parts} 件中 {count} 件不一致：在用判定 → 影子判定</translation>
        </message>
        <message>
            <source>{count} were left out.</source>
            <translation>跳过 {count} 张。</translation>
        </message>
        <message>
            <source>{learns} images to learn from, {tests} kept back for the test</source>
            <translation>{learns} 张用于学习，{tests} 张留作测试</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
        <message>
            <source>{product} · images</source>
            <translation>{product} · 图像</translation>
        </message>
        <message>
            <source>{version} candidate</source>
            <translation>{version} 候选</translation>
        </message>
        <message>
            <source>{version} in use</source>
            <translation>{version} 在用</translation>
        </message>
        <message>
            <source>{version} judges the parts now.</source>
            <translation>现由 {version} 判定。</translation>
        </message>
        <message>
            <source>{version} stays one click away. Every change is signed and logged.</source>
            <translation>{version} 一键即可恢复。每次更改都有签名和记录。</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>NG</source>
            <translation>不合格</translation>
        </message>
        <message>
            <source>Not inspected</source>
            <translation>未检</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>合格</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>待复判</translation>
        </message>
    </context>
    <context>
        <name>Window</name>
        <message>
            <source>Camera</source>
            <translation>相机</translation>
        </message>
        <message>
            <source>Confirm</source>
            <translation>确认</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>磁盘</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Inspect</source>
            <translation>检测</translation>
        </message>
        <message>
            <source>Light or dark</source>
            <translation>浅色或深色</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>Setup</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>教学</translation>
        </message>
        <message>
            <source>fault</source>
            <translation>故障</translation>
        </message>
        <message>
            <source>operator</source>
            <translation>操作员</translation>
        </message>
        <message>
            <source>slow: on {provider} only</source>
            <translation>降级：仅 {provider}</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>还有 {count} 条</translation>
        </message>
        <message>
            <source>{days} days</source>
            <translation>{days} 天</translation>
        </message>
        <message>
            <source>{fps} fps</source>
            <translation>{fps} 帧/秒</translation>
        </message>
        <message>
            <source>{free} GB</source>
            <translation>{free} GB</translation>
        </message>
    </context>
</TS>
