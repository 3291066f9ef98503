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
            <translation>对 {size}，工件图像按正方形处理；请提供标准样件图像或 --frame</translation>
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
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>确定</translation>
        </message>
    </context>
    <context>
        <name>Fault</name>
        <message>
            <source>--cap {cap} is shorter than five readings of {path}, which come every {step}. Give the longest life that must be told apart in the unit of the column of time.</source>
            <translation>--cap {cap} 短于 {path} 中五个读数的时间（读数间隔为 {step}）。请用时间列的单位给出需要区分的最长寿命。</translation>
        </message>
        <message>
            <source>A PIN has {least} to {most} digits and nothing else.</source>
            <translation>PIN 码由 {least} 到 {most} 位数字组成，不含其他字符。</translation>
        </message>
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
            <source>In {path}, from line {line} on, rows come every {found} s, where it was every {expected} s before. If values are sums over the step, they are no longer the same thing.</source>
            <translation>{path} 从第 {line} 行起每 {found} 秒一行，之前为每 {expected} 秒一行。如果数值是间隔内的累计，含义就不同了。</translation>
        </message>
        <message>
            <source>In {path}, from line {line} on, “{column}” counts {found} from row to row, where it was {expected} before. Give the time of all rows in the same unit.</source>
            <translation>{path} 从第 {line} 行起，“{column}”每行相差 {found}，之前为 {expected}。请让所有行使用同一时间单位。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which is no number. Correct it, or leave that line out.</source>
            <translation>在 {path} 第 {line} 行，列“{column}”的值是“{value}”，不是数字。请更正，或去掉该行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which is no time like the others. Correct it, or leave that line out.</source>
            <translation>{path} 第 {line} 行的“{column}”列为“{value}”，与其他行的时间格式不符。请更正，或删去该行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” holds “{value}”, which was never learnt. Known: {known}.</source>
            <translation>在 {path} 第 {line} 行，列“{column}”的值“{value}”从未学习过。已知的值：{known}。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” is empty. Every judgement needs all five: part, appraiser, trial, rating, reference.</source>
            <translation>{path} 第 {line} 行“{column}”列为空。每个判定都需要五项：part、appraiser、trial、rating、reference。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the column “{column}” is empty. Fill it in, or leave such lines out with --skip "{column}=".</source>
            <translation>在 {path} 第 {line} 行，列“{column}”为空。请补上，或用 --skip "{column}=" 去掉这样的行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, the time of unit {unit} runs backwards, into a time that was there already. Where the unit was repaired or replaced, give it another name from there on; else put the lines in the order of time.</source>
            <translation>在 {path} 第 {line} 行，单元 {unit} 的时间倒退到已经出现过的时间。如果该单元在那里被维修或更换，请从那里起换一个名称；否则请按时间顺序排列各行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, there are {bad} bad of {n} parts. Give whole numbers, at least one part, and not more bad ones than parts.</source>
            <translation>{path} 第 {line} 行：{n} 件中有 {bad} 件不合格。请填写整数，至少一件，且不合格数不得大于总数。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, {appraiser} judges the part {part} in trial {trial} a second time. Leave one of the two lines out.</source>
            <translation>{path} 第 {line} 行：{appraiser} 在第 {trial} 轮中对工件 {part} 作了第二次判定。请删去其中一行。</translation>
        </message>
        <message>
            <source>In {path}, line {line}, “{value}” in the column “{column}” says neither good nor bad. Write OK and NG or 1 and 0, or name the words for good with --good.</source>
            <translation>{path} 第 {line} 行“{column}”列中的“{value}”既非合格也非不合格。请写 OK 和 NG 或 1 和 0，或用 --good 指明表示合格的词。</translation>
        </message>
        <message>
            <source>In {path}, readings are missing at {count} places, first of unit {unit} after time {time}. What was learnt or foretold there is less sure.</source>
            <translation>{path} 中有 {count} 处缺少读数，最先出现在单元 {unit} 的时间 {time} 之后。那里学到或预测的内容不太可靠。</translation>
        </message>
        <message>
            <source>In {path}, rows are missing at {count} places, first before line {line} (time “{column}”).</source>
            <translation>{path} 中有 {count} 处缺行，第一处在第 {line} 行之前（时间“{column}”）。</translation>
        </message>
        <message>
            <source>In {path}, the group {group} has more than one value of “{column}”. Give a column that names one whole series.</source>
            <translation>在 {path} 中，组 {group} 的“{column}”有不止一个值。请指定能标识整个序列的列。</translation>
        </message>
        <message>
            <source>In {path}, the part {part} has two references. Each part has one, whoever judges it.</source>
            <translation>{path} 中工件 {part} 有两个基准值。无论由谁判定，每个工件只有一个基准值。</translation>
        </message>
        <message>
            <source>In {path}, the time {time} of unit {unit} stands there twice. Leave one of the two lines out.</source>
            <translation>在 {path} 中，单元 {unit} 的时间 {time} 出现了两次。请去掉其中一行。</translation>
        </message>
        <message>
            <source>In {path}, the time “{column}” runs backwards at {count} places, first in line {line}. The rows were put in order.</source>
            <translation>{path} 中的时间“{column}”有 {count} 处倒退，第一处在第 {line} 行。已按时间重新排序。</translation>
        </message>
        <message>
            <source>In {path}, there are units with fewer than {minimum} readings: {count}, first {unit} with {rows}. That is too little to tell much: what is foretold of them is less sure.</source>
            <translation>在 {path} 中，有的单元读数少于 {minimum} 个：共 {count} 个单元，第一个是 {unit}，只有 {rows} 个。这太少，对它们的预测不太可靠。</translation>
        </message>
        <message>
            <source>In {path}, unit {unit} has a reading every {found}, where {expected} was expected. Give the time of all units in the same unit of time, and in that of the model, such as hours.</source>
            <translation>在 {path} 中，单元 {unit} 的读数间隔为 {found}，而预期为 {expected}。请让所有单元使用相同的时间单位，并与模型一致，例如小时。</translation>
        </message>
        <message>
            <source>In {path}, {appraiser} did not judge the part {part} in trial {trial}. All must judge the same parts equally often.</source>
            <translation>{path} 中 {appraiser} 在第 {trial} 轮没有判定工件 {part}。所有人必须以相同次数判定相同的工件。</translation>
        </message>
        <message>
            <source>In {path}, {count} lines have an empty cell and are left out, first line {line} in the column “{column}”.</source>
            <translation>{path} 中有 {count} 行含空单元格，已被排除，第一处在第 {line} 行的“{column}”列。</translation>
        </message>
        <message>
            <source>In {path}, {count} rows have the same time “{column}” as the row before, first in line {line}. If rows were copied twice, leave one of each out.</source>
            <translation>{path} 中有 {count} 行的时间“{column}”与前一行相同，第一处在第 {line} 行。如有重复复制的行，请各保留一行。</translation>
        </message>
        <message>
            <source>It is too late to undo: that is possible for {seconds} seconds. Decide again and give a reason.</source>
            <translation>已无法撤销：只能在 {seconds} 秒内撤销。请重新判定并说明原因。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” cannot be released: its {missing} is missing or damaged. Prove it on parts that were kept back, or teach it again.</source>
            <translation>“{product}”的模型 {number} 不能发布：{missing} 缺失或损坏。请用留出的工件验证，或重新训练。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” is {state} and cannot become {wanted}. Choose another model, or other limits.</source>
            <translation>“{product}”的模型 {number} 处于 {state} 状态，不能变为 {wanted}。请选择其他模型或其他限值。</translation>
        </message>
        <message>
            <source>Model {number} of “{product}” judges the parts from now on (recipe version {version}): {reason}</source>
            <translation>从现在起由“{product}”的模型 {number} 判定工件（配方版本 {version}）：{reason}</translation>
        </message>
        <message>
            <source>More than one ONNX Runtime is installed ({installed}), and they overwrite each other. Uninstall all of them, then install Station with one extra.</source>
            <translation>安装了多个 ONNX Runtime（{installed}），它们会互相覆盖。请全部卸载，再用一个附加包安装 Station。</translation>
        </message>
        <message>
            <source>No better settings for “{target}” were found among those that are like what was seen. Keep the present ones.</source>
            <translation>在与见过的数据相似的设定中，没有找到对“{target}”更好的设定。请保持当前设定。</translation>
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
            <source>No product has been taught yet, so no part is judged. Show the first one to the station: page Teach, “Teach a new product…”.</source>
            <translation>尚未教过任何产品，因此不判定任何工件。请先教第一个产品：“教学”页面，“教新产品…”。</translation>
        </message>
        <message>
            <source>No service of “{machine}” is noted, so its runs cannot be told apart. Known: {known}. Note one with `station health service`, or by touching its tile on the Line page.</source>
            <translation>没有“{machine}”的维护记录，因此无法区分它的运行周期。已知：{known}。请用 `station health service` 记录一次，或在“产线”页触摸它的磁贴。</translation>
        </message>
        <message>
            <source>No station is running on the data folder {path}. Start it with “station run”, or name the right folder with --data.</source>
            <translation>数据文件夹 {path} 上没有正在运行的检测站。请用“station run”启动，或用 --data 指定正确的文件夹。</translation>
        </message>
        <message>
            <source>Nothing can be kept in {path} ({reason}). Choose another folder, or have its permissions changed.</source>
            <translation>{path} 中无法保存数据（{reason}）。请选择其他文件夹，或请人更改其权限。</translation>
        </message>
        <message>
            <source>Nothing in this table drives “{target}” as far as is seen: no model foretells it better than its mean does.</source>
            <translation>就目前所见，表中没有任何因素影响“{target}”：没有模型比平均值预测得更好。</translation>
        </message>
        <message>
            <source>Nothing is known that made the model {path} (it takes and gives {found}). A picture must go in and one number per class must come out; add the files that came with it.</source>
            <translation>无法识别模型 {path} 的来源（输入和输出为 {found}）。输入须为一幅图像，输出须为每个类别一个数值；请一并提供随附的文件。</translation>
        </message>
        <message>
            <source>Nothing is suggested: the inputs explain {percent} % of “{target}”, so they measure the same thing, and the model stands in for a meter of it. It tells what “{target}” is, not what happens if one of them is set otherwise. Learn again without what is measured of the same thing (--drop).</source>
            <translation>不给出建议：输入解释了“{target}”的 {percent} %，也就是说它们测的是同一个量，模型只是代替了一块仪表。它能说明“{target}”是多少，却不能说明把其中一个设成别的值会怎样。请去掉测同一个量的列（--drop）后重新学习。</translation>
        </message>
        <message>
            <source>ONNX Runtime is not installed. Install Station with one of its extras: cpu, directml, cuda or openvino.</source>
            <translation>未安装 ONNX Runtime。请安装 Station 的一个附加包：cpu、directml、cuda 或 openvino。</translation>
        </message>
        <message>
            <source>Of “{product}” there are only good or only bad parts with a confirmed label. A study needs both: label some, or have an expert judge first.</source>
            <translation>“{product}”已确认标签的工件只有合格品或只有不合格品。研究需要两者：请标注一些，或先由专家判定。</translation>
        </message>
        <message>
            <source>Only {count} parts can be judged; at least {minimum} are needed for a study.</source>
            <translation>只有 {count} 个工件可供判定；一项研究至少需要 {minimum} 个。</translation>
        </message>
        <message>
            <source>Only {free} GB are free at {path}; a station needs {least} GB at least. Choose a folder on another disk.</source>
            <translation>{path} 仅剩 {free} GB；检测站至少需要 {least} GB。请选择其他磁盘上的文件夹。</translation>
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
            <source>That PIN is too easy to guess. Take no row such as 123456 and no pattern such as 121212 or 112233, and at least three different digits.</source>
            <translation>该 PIN 码太容易被猜到。请勿使用 123456 之类的连续数字，或 121212、112233 之类的规律，且至少包含三个不同的数字。</translation>
        </message>
        <message>
            <source>That needs the administrator’s PIN, and it was locked meanwhile. Try again and enter it.</source>
            <translation>此操作需要管理员 PIN 码，而此时已被锁定。请重试并输入 PIN 码。</translation>
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
            <source>The administrator’s PIN was entered wrongly {count} times in a row; for {seconds} seconds no other try was taken.</source>
            <translation>管理员 PIN 码连续输错 {count} 次；{seconds} 秒内不再接受输入。</translation>
        </message>
        <message>
            <source>The administrator’s PIN was removed. Nothing asks for it any more.</source>
            <translation>已删除管理员 PIN 码。不再要求输入。</translation>
        </message>
        <message>
            <source>The administrator’s PIN was set or changed.</source>
            <translation>已设置或更改管理员 PIN 码。</translation>
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
            <source>The column “{column}” of {path} holds dates and is taken as the time. Name another one with --time, or whole series with --group.</source>
            <translation>{path} 的“{column}”列是日期，已作为时间使用。可用 --time 指定其他列，或用 --group 指定整段序列。</translation>
        </message>
        <message>
            <source>The connection to the machine {address} is lost. Check cable and controller; the station connects again by itself, and no part is passed meanwhile.</source>
            <translation>与机器 {address} 的连接已断开。请检查网线和控制器；本站会自动重新连接，其间不放行任何工件。</translation>
        </message>
        <message>
            <source>The controller {address} shows no life: its signal {signal} stands still. Have it toggle twice a second; no part is passed meanwhile.</source>
            <translation>控制器 {address} 没有心跳：信号 {signal} 静止不动。请让它每秒翻转两次；在此期间不放行任何工件。</translation>
        </message>
        <message>
            <source>The data folder {path} cannot be written to ({reason}). Choose another folder with --data, or have its permissions changed.</source>
            <translation>数据文件夹 {path} 无法写入（{reason}）。请用 --data 选择另一个文件夹，或让管理员修改权限。</translation>
        </message>
        <message>
            <source>The database of the plant at {address} belongs to newer stations (form {found}; this program knows it up to {known}). Install the newer program here as well; until then everything is kept here and copied later.</source>
            <translation>{address} 的工厂数据库属于更新的工位（格式 {found}；本程序最高认识 {known}）。请在此也安装新版程序；在此之前所有数据保存在本机，之后再复制。</translation>
        </message>
        <message>
            <source>The database {path} is damaged: {reason}. Nothing was deleted. Put the file aside and call service; the images are complete.</source>
            <translation>数据库 {path} 已损坏：{reason}。没有删除任何内容。请将此文件移到别处并联系技术支持；图像是完整的。</translation>
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
            <source>The file of the administrator’s PIN is damaged, so what it guards stays locked: {path} ({reason}). Set a new PIN on this computer with “station pin set”.</source>
            <translation>管理员 PIN 码文件已损坏，受其保护的内容保持锁定：{path}（{reason}）。请在本机用“station pin set”设置新的 PIN 码。</translation>
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
            <source>The inputs explain {percent} % of “{target}”: it can nearly be calculated from them. That is right where they are measured at the same moment and stand in for it, but they do not tell what drives it. Leave out with --drop what is measured of the same thing.</source>
            <translation>这些输入解释了“{target}”的 {percent} %：几乎可由它们算出。若它们同时测得并用来代替目标，这没有问题，但它们不能说明目标受什么影响。请用 --drop 去掉对同一事物的测量。</translation>
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
            <source>The last value foretells better (error {last}) than the model does (error {error}). The model tells what goes along with the target, but do not foretell with it.</source>
            <translation>用上一个值预测（误差 {last}）比用模型（误差 {error}）更准。模型可说明哪些因素与目标有关，但不要用它来预测。</translation>
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
            <translation>机器在工位忙或未就绪时 {count} 次要求检测；这些工件已被剔除。请让它等待 READY。</translation>
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
            <source>The model was learnt from {path} itself, so these figures flatter it. Give rows that came later.</source>
            <translation>该模型就是从 {path} 学习的，这些数字偏乐观。请提供之后的数据。</translation>
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
            <translation>已识别模型 {path}，但它无法判断工件：{reason}。请在训练它的程序中导出其他任务或其他尺寸。</translation>
        </message>
        <message>
            <source>The model {path} is refused, as it could do harm: {reason}. Use a model made by this program or from a source you trust.</source>
            <translation>模型 {path} 可能有害，已被拒绝：{reason}。请使用本程序生成的模型或可信来源的模型。</translation>
        </message>
        <message>
            <source>The model {path} was taught for something else: pictures, process settings and machine health each have models of their own. Give one that was taught for this.</source>
            <translation>模型 {path} 是为别的用途训练的：图像、工艺设定和设备健康各有自己的模型。请给出为此用途训练的模型。</translation>
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
            <source>The present values (line {line} of {path}) are unlike all that was learnt from. Nothing is suggested from there: it would be a guess.</source>
            <translation>当前值（{path} 第 {line} 行）与学习过的数据都不相似。不给出建议：那只是猜测。</translation>
        </message>
        <message>
            <source>The program is not whole ({part}): {reason}. Install it again; settings, records and pictures stay as they are.</source>
            <translation>程序不完整（{part}）：{reason}。请重新安装；设置、记录和图片保持不变。</translation>
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
            <source>The records {path} are still of an older form ({found}; the one of this program is {known}). Start the station: it copies them and brings them up to date.</source>
            <translation>记录 {path} 仍是旧格式（{found}；本程序的格式为 {known}）。请启动工位：它会先复制再更新记录。</translation>
        </message>
        <message>
            <source>The records {path} were missing although pictures are there. New records have begun, and the old ones are rebuilt from the pictures. Tell service, then confirm.</source>
            <translation>图像还在，但记录 {path} 缺失。新记录已开始，旧记录正从图像重建。请通知服务人员，然后确认。</translation>
        </message>
        <message>
            <source>The records {path} were written by a newer program (version {version}, form {found}; this one knows them up to {known}). Nothing was changed. Install the newer program again, or go back to the copy from before the upgrade with: station records restore-former.</source>
            <translation>记录 {path} 由更新的程序写入（版本 {version}，格式 {found}；本程序最高认识 {known}）。未作任何改动。请重新安装新版程序，或用以下命令退回升级前的副本：station records restore-former。</translation>
        </message>
        <message>
            <source>The rows of {path} are taken to stand in the order of time. If they do not, name the time with --time, or what belongs together with --group.</source>
            <translation>假定 {path} 的各行按时间顺序排列。如果不是，请用 --time 指定时间列，或用 --group 指定分组列。</translation>
        </message>
        <message>
            <source>The search for causes ended before it was done ({reason}). The line is not affected. Search again; if it ends again, close other programs.</source>
            <translation>原因查找未完成就结束了（{reason}）。产线不受影响。请重新查找；若再次结束，请关闭其他程序。</translation>
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
            <source>The settings in {path} were written by a newer program (version {version}, form {form}). Install the newer program again, or put this file aside: then the last ones hold that this program knows.</source>
            <translation>{path} 中的设置由更新的程序写入（版本 {version}，格式 {form}）。请重新安装新版程序，或把该文件移开：此时本程序认识的最近一份设置生效。</translation>
        </message>
        <message>
            <source>The simulated PLC has ended by itself: {reason}. The machine of before is served again.</source>
            <translation>模拟 PLC 自行结束：{reason}。现已恢复原来的设备。</translation>
        </message>
        <message>
            <source>The station cannot listen at {address}: {reason}. Choose an address of this computer and another port; no part is passed meanwhile.</source>
            <translation>工位无法在 {address} 监听：{reason}。请选择本机的地址和其他端口；在此期间不放行任何工件。</translation>
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
            <source>The station's data are in {path}, and that folder is not there now. Plug the disk in, or have the network connected, and start the station again. Where the data are is written in {note}.</source>
            <translation>检测站的数据保存在 {path}，但该文件夹现在不存在。请接上磁盘或连接网络，然后重新启动检测站。数据所在位置记录在 {note} 中。</translation>
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
            <source>There is no copy in {path} from before an upgrade that this program could use. Nothing was changed. Restore a backup instead, or install the newer program again.</source>
            <translation>{path} 中没有本程序可用的升级前副本。未作任何改动。请改为恢复备份，或重新安装新版程序。</translation>
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
            <source>There is no study {uid}. Known: {known}.</source>
            <translation>没有研究 {uid}。已有：{known}。</translation>
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
            <source>There is nothing to learn: the target “{column}” of {path} is always {value}. Take a longer time, in which it changes.</source>
            <translation>没有可学习的内容：{path} 中的目标“{column}”始终为 {value}。请取更长的、目标有变化的时段。</translation>
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
            <source>These columns are mostly empty, and are left out: {columns}. Check that the sensors work.</source>
            <translation>这些列大部分为空，已被排除：{columns}。请检查传感器是否正常。</translation>
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
            <source>This is advice, from what went along with what so far. Change one thing at a time, and see whether it does what is expected.</source>
            <translation>这是根据以往相关关系给出的建议。请一次只改一项，并观察是否达到预期。</translation>
        </message>
        <message>
            <source>This needs a part of the program that is not installed: {extra}. On Windows install the add-on (station-…-win64-extras.exe), in an environment of Python the package: pip install "station[{extra}]".</source>
            <translation>这需要程序中未安装的部分：{extra}。Windows 上请安装附加组件（station-…-win64-extras.exe），Python 环境中请安装软件包：pip install "station[{extra}]"。</translation>
        </message>
        <message>
            <source>To bring the records in {path} up to date, version {version} needs {needed} MB free on that disk, {missing} MB more than there are. Nothing was changed. Free as much and start again, or install the former version again: it goes on.</source>
            <translation>为更新 {path} 中的记录，版本 {version} 需要该磁盘有 {needed} MB 可用空间，还缺 {missing} MB。未作任何改动。请腾出空间后重新启动，或重新安装旧版：它会继续工作。</translation>
        </message>
        <message>
            <source>Version {version} copies the records {path} before it brings them up to date, and that failed: {reason}. Nothing was changed. Check the disk and start again, or install the former version again: it goes on.</source>
            <translation>版本 {version} 在更新之前要复制记录 {path}，但复制失败：{reason}。未作任何改动。请检查磁盘后重新启动，或重新安装旧版：它会继续工作。</translation>
        </message>
        <message>
            <source>Version {version} could not bring the records {path} from form {found} to form {known}: {reason}. They are unharmed and as they were, and a copy of them lies in {copy}. Install the former version again: it goes on. Tell service.</source>
            <translation>版本 {version} 未能把记录 {path} 从格式 {found} 更新到格式 {known}：{reason}。记录完好无损，与之前相同，副本在 {copy}。请重新安装旧版：它会继续工作。请通知服务人员。</translation>
        </message>
        <message>
            <source>{count} parts were in work when the station stopped, and were not inspected: {numbers}. Find them and inspect them again.</source>
            <translation>检测站停止时有 {count} 件在检，均未检：{numbers}。请找到这些件并重新检测。</translation>
        </message>
        <message>
            <source>{count} rows lie beyond all that was learnt from, in: {columns}. What is foretold there is a guess.</source>
            <translation>有 {count} 行超出了学习过的范围，涉及：{columns}。对这些行的预测只是猜测。</translation>
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
            <source>{path} belongs to the program: an update or its removal would delete the data. Choose another folder.</source>
            <translation>{path} 属于程序本身：更新或卸载会删除数据。请选择其他文件夹。</translation>
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
            <source>{path} holds files that are no station's, such as {found}. Choose an empty folder, or make a new one in it.</source>
            <translation>{path} 中有不属于检测站的文件，例如 {found}。请选择空文件夹，或在其中新建一个。</translation>
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
            <source>“{column}” is asked for twice: a column is the target, the time, the group or left out, and only one of them.</source>
            <translation>“{column}”被指定了两次：一列只能是目标、时间、分组或被排除中的一种。</translation>
        </message>
        <message>
            <source>“{column}” is no input of this model. It has: {known}.</source>
            <translation>“{column}”不是该模型的输入。该模型的输入有：{known}。</translation>
        </message>
        <message>
            <source>“{column}” names only {count} in {path}; at least {minimum} are needed, so that some can be kept back to check what was learnt.</source>
            <translation>{path} 的“{column}”列中只有 {count} 个不同对象，至少需要 {minimum} 个，以便留出一部分来检验学到的内容。</translation>
        </message>
        <message>
            <source>“{machine}” is no machine that is watched. Known: {known}. Add it to the settings, under line.machines.</source>
            <translation>“{machine}”不在监视的设备之中。已知：{known}。请把它加入设置中的 line.machines。</translation>
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
        <message>
            <source>“{value}” cannot be the value of “{column}”. Seen was: {allowed}.</source>
            <translation>“{value}”不能作为“{column}”的值。见过的取值为：{allowed}。</translation>
        </message>
    </context>
    <context>
        <name>Handover</name>
        <message>
            <source>Check with known parts</source>
            <translation>已知样件点检</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Export the report</source>
            <translation>导出报告</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>未通过</translation>
        </message>
        <message>
            <source>Figures as of {when}</source>
            <translation>数据截至 {when}</translation>
        </message>
        <message>
            <source>For paper (PDF)</source>
            <translation>打印版（PDF）</translation>
        </message>
        <message>
            <source>Former hand-overs</source>
            <translation>历史交接</translation>
        </message>
        <message>
            <source>Hand over the shift</source>
            <translation>交接班</translation>
        </message>
        <message>
            <source>No shift was handed over yet.</source>
            <translation>还没有交接过班次。</translation>
        </message>
        <message>
            <source>Not done</source>
            <translation>未做</translation>
        </message>
        <message>
            <source>Notes for the next shift</source>
            <translation>给下一班的备注</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>Say how the check with known parts went.</source>
            <translation>请说明已知样件点检的结果。</translation>
        </message>
        <message>
            <source>Show the report</source>
            <translation>查看报告</translation>
        </message>
        <message>
            <source>Sign</source>
            <translation>签字</translation>
        </message>
        <message>
            <source>Sign again</source>
            <translation>再次签字</translation>
        </message>
        <message>
            <source>Sign for both</source>
            <translation>代双方签字</translation>
        </message>
        <message>
            <source>Signed, but its report could not be written: {fault}</source>
            <translation>已签字，但报告无法写入：{fault}</translation>
        </message>
        <message>
            <source>Signed. The report is in {path}</source>
            <translation>已签字。报告位于 {path}</translation>
        </message>
        <message>
            <source>The figures are being read…</source>
            <translation>正在读取数据…</translation>
        </message>
        <message>
            <source>Touch one to see its report and to export it again.</source>
            <translation>点按一条可查看报告并再次导出。</translation>
        </message>
        <message>
            <source>Two names are needed: who hands over, and who takes over.</source>
            <translation>需要两个姓名：交班人和接班人。</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>已写入：{path}</translation>
        </message>
        <message>
            <source>not signed yet</source>
            <translation>尚未签字</translation>
        </message>
        <message>
            <source>signed {when}, {giver} → {taker}</source>
            <translation>已签字 {when}，{giver} → {taker}</translation>
        </message>
        <message>
            <source>{name} hands over to {name}. If nobody takes over, touch the key once more.</source>
            <translation>{name} 交给 {name}。如果无人接班，请再按一次。</translation>
        </message>
        <message>
            <source>{parts} parts, first-pass yield {share}</source>
            <translation>{parts} 件，直通率 {share}</translation>
        </message>
    </context>
    <context>
        <name>Health</name>
        <message>
            <source>Collect the values of some runs, note each service, and teach a model; the manual's page on machine health says how.</source>
            <translation>请收集若干个运行周期的数值，记录每次维护，然后训练模型；做法见手册的“设备健康”一页。</translation>
        </message>
        <message>
            <source>Last service: {time}.</source>
            <translation>上次维护：{time}。</translation>
        </message>
        <message>
            <source>No machine is watched: name one in the settings, under line.machines.</source>
            <translation>没有监视任何设备：请在设置的 line.machines 中指定一台。</translation>
        </message>
        <message>
            <source>No model is taught yet</source>
            <translation>尚未训练模型</translation>
        </message>
        <message>
            <source>No service is noted: counted from the first value, {time}.</source>
            <translation>没有维护记录：从第一个数值 {time} 开始计算。</translation>
        </message>
        <message>
            <source>No values since {time}</source>
            <translation>自 {time} 起没有数值</translation>
        </message>
        <message>
            <source>No values yet: {values}</source>
            <translation>还没有数值：{values}</translation>
        </message>
        <message>
            <source>Not recorded: {values}</source>
            <translation>未记录：{values}</translation>
        </message>
        <message>
            <source>The model cannot be used</source>
            <translation>模型无法使用</translation>
        </message>
        <message>
            <source>The model counts no hours</source>
            <translation>模型不按小时计时</translation>
        </message>
        <message>
            <source>The model {model} counts cycles, or it does not say what. Teach it from a table with the time in hours, or with --time-unit.</source>
            <translation>模型 {model} 按循环次数计数，或没有说明单位。请用以小时计时的表格训练，或使用 --time-unit。</translation>
        </message>
        <message>
            <source>The model {model} needs values that are not recorded under these names: {values}. Name the readings so, or teach it anew.</source>
            <translation>模型 {model} 需要的数值没有以这些名称记录：{values}。请把读数改成这些名称，或重新训练模型。</translation>
        </message>
        <message>
            <source>The remaining life is told once there are {needed} readings.</source>
            <translation>有 {needed} 个读数后才会给出剩余寿命。</translation>
        </message>
        <message>
            <source>Too few readings yet: {count} of {needed}</source>
            <translation>读数还太少：{count} / {needed}</translation>
        </message>
        <message>
            <source>the model tells no more than {most}</source>
            <translation>模型最多只能给出 {most}</translation>
        </message>
        <message>
            <source>{machine} · Remaining life</source>
            <translation>{machine} · 剩余寿命</translation>
        </message>
        <message>
            <source>{machine} · Service due</source>
            <translation>{machine} · 该维护了</translation>
        </message>
        <message>
            <source>{span} left</source>
            <translation>剩余 {span}</translation>
        </message>
        <message>
            <source>{values}: far from all that the model has learnt from, so the figure is doubtful. Look at the machine and the sensor.</source>
            <translation>{values}：与模型学习过的数据相差很远，因此该数字不可靠。请检查设备和传感器。</translation>
        </message>
        <message>
            <source>{values}: no values since {time}. Check the connection under Setup.</source>
            <translation>{values}：自 {time} 起没有数值。请在“设置”中检查连接。</translation>
        </message>
        <message>
            <source>{values}: not read since the service. Check the connection under Setup.</source>
            <translation>{values}：维护以来没有读到。请在“设置”中检查连接。</translation>
        </message>
        <message>
            <source>{values}: outside what was learnt</source>
            <translation>{values}：超出已学习的范围</translation>
        </message>
    </context>
    <context>
        <name>Help</name>
        <message>
            <source>About</source>
            <translation>关于</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>构建</translation>
        </message>
        <message>
            <source>Built into it: {names}</source>
            <translation>内含：{names}</translation>
        </message>
        <message>
            <source>Copied. Paste it into your message to support.</source>
            <translation>已复制。请粘贴到发给技术支持的消息中。</translation>
        </message>
        <message>
            <source>Copy all for support</source>
            <translation>复制全部信息给技术支持</translation>
        </message>
        <message>
            <source>Data folder</source>
            <translation>数据文件夹</translation>
        </message>
        <message>
            <source>Desktop inspection station. Free to use under the Apache License 2.0. It uses Qt and other libraries under the GNU Lesser General Public License; see Licences.</source>
            <translation>桌面检测工作站。按 Apache 许可证 2.0 免费使用。本程序按 GNU 宽通用公共许可证 (LGPL) 使用 Qt 等程序库；详见“许可证”。</translation>
        </message>
        <message>
            <source>It came without the text of its licence.</source>
            <translation>其软件包未附带许可证全文。</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>许可证</translation>
        </message>
        <message>
            <source>Manual</source>
            <translation>手册</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>Model file (SHA-256)</source>
            <translation>模型文件 (SHA-256)</translation>
        </message>
        <message>
            <source>Models run on, as asked</source>
            <translation>模型运行方式（设定）</translation>
        </message>
        <message>
            <source>Models run on, in fact</source>
            <translation>模型运行方式（实际）</translation>
        </message>
        <message>
            <source>Program folder</source>
            <translation>程序文件夹</translation>
        </message>
        <message>
            <source>Recipe</source>
            <translation>配方</translation>
        </message>
        <message>
            <source>Save the bill of materials…</source>
            <translation>保存物料清单…</translation>
        </message>
        <message>
            <source>Saved: {path}</source>
            <translation>已保存：{path}</translation>
        </message>
        <message>
            <source>Search by name or licence</source>
            <translation>按名称或许可证搜索</translation>
        </message>
        <message>
            <source>Search in the titles</source>
            <translation>按标题搜索</translation>
        </message>
        <message>
            <source>System</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>Text of the licence</source>
            <translation>许可证全文</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>版本</translation>
        </message>
        <message>
            <source>{count} works of others are in it, each with its licence. Their list is a bill of materials (CycloneDX).</source>
            <translation>程序包含 {count} 项第三方作品，各有其许可证。其清单为软件物料清单 (CycloneDX)。</translation>
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
            <source>yield</source>
            <translation>良率</translation>
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
        <name>Line</name>
        <message>
            <source>A clear pattern</source>
            <translation>规律明显</translation>
        </message>
        <message>
            <source>A strong pattern</source>
            <translation>规律很强</translation>
        </message>
        <message>
            <source>A weak pattern</source>
            <translation>规律较弱</translation>
        </message>
        <message>
            <source>Accepted {at}: {result}</source>
            <translation>{at} 已采纳：{result}</translation>
        </message>
        <message>
            <source>Accept…</source>
            <translation>采纳…</translation>
        </message>
        <message>
            <source>Advice only. The station never writes machine settings.</source>
            <translation>仅为建议。本工作站从不写入机器设定。</translation>
        </message>
        <message>
            <source>Advised</source>
            <translation>建议值</translation>
        </message>
        <message>
            <source>Agreement (κ)</source>
            <translation>一致性 (κ)</translation>
        </message>
        <message>
            <source>At least (%)</source>
            <translation>下限（%）</translation>
        </message>
        <message>
            <source>At most (%)</source>
            <translation>上限（%）</translation>
        </message>
        <message>
            <source>A{availability} P{performance} Q{quality}</source>
            <translation>A{availability} P{performance} Q{quality}</translation>
        </message>
        <message>
            <source>Bad before</source>
            <translation>此前不良</translation>
        </message>
        <message>
            <source>Bad since</source>
            <translation>此后不良</translation>
        </message>
        <message>
            <source>Beyond chance</source>
            <translation>超出偶然</translation>
        </message>
        <message>
            <source>Chart</source>
            <translation>图表</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Cumulated</source>
            <translation>累计</translation>
        </message>
        <message>
            <source>Defects this shift · Pareto</source>
            <translation>本班缺陷 · 帕累托图</translation>
        </message>
        <message>
            <source>Defects · Pareto</source>
            <translation>缺陷 · 帕累托图</translation>
        </message>
        <message>
            <source>Difference (%)</source>
            <translation>差值（%）</translation>
        </message>
        <message>
            <source>Expected {defect}</source>
            <translation>预期{defect}</translation>
        </message>
        <message>
            <source>Explain…</source>
            <translation>解释…</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Export these figures</source>
            <translation>导出这些指标</translation>
        </message>
        <message>
            <source>First-pass yield</source>
            <translation>直通率</translation>
        </message>
        <message>
            <source>Fraction NG per {n} parts · p-chart</source>
            <translation>每 {n} 件的不合格率 · p 控制图</translation>
        </message>
        <message>
            <source>From</source>
            <translation>从</translation>
        </message>
        <message>
            <source>Hand over</source>
            <translation>交班</translation>
        </message>
        <message>
            <source>Hardly a part is good: there is nothing to tell apart.</source>
            <translation>几乎没有良品：无从区分。</translation>
        </message>
        <message>
            <source>Image drift vs. release</source>
            <translation>相对发布时的图像漂移</translation>
        </message>
        <message>
            <source>Last shift</source>
            <translation>上一班</translation>
        </message>
        <message>
            <source>Left out: {values}.</source>
            <translation>未采用：{values}。</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Looking for causes… {step}</source>
            <translation>正在查找原因… {step}</translation>
        </message>
        <message>
            <source>Lower limit</source>
            <translation>下限</translation>
        </message>
        <message>
            <source>Machine health</source>
            <translation>设备健康</translation>
        </message>
        <message>
            <source>Made about so already: {parts} parts, {bad} of them bad.</source>
            <translation>已在相近设定下生产：{parts} 件，其中 {bad} 件不良。</translation>
        </message>
        <message>
            <source>Mark what somebody can set at the machine. What is only measured, such as a temperature that comes as it comes, is not suggested.</source>
            <translation>请勾选能在机器上设定的值。只能测量的值（例如自然形成的温度）不会作为建议。</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>Median since</source>
            <translation>此后中位数</translation>
        </message>
        <message>
            <source>NG</source>
            <translation>不合格</translation>
        </message>
        <message>
            <source>NG parts</source>
            <translation>不合格件</translation>
        </message>
        <message>
            <source>Name or number</source>
            <translation>姓名或工号</translation>
        </message>
        <message>
            <source>No NG part in this time.</source>
            <translation>这段时间内没有不合格品。</translation>
        </message>
        <message>
            <source>No better settings inside what has been seen.</source>
            <translation>在已见过的范围内没有更好的设定。</translation>
        </message>
        <message>
            <source>No cause found among these values: what the model says of later parts is no better than chance ({parts} parts, {bad} bad).</source>
            <translation>在这些值中未找到原因：模型对后续工件的判断不比偶然更好（{parts} 件，{bad} 件不良）。</translation>
        </message>
        <message>
            <source>No defect named</source>
            <translation>未指明缺陷</translation>
        </message>
        <message>
            <source>No machine is watched yet</source>
            <translation>尚未监视任何设备</translation>
        </message>
        <message>
            <source>No part in this time</source>
            <translation>这段时间内没有产品</translation>
        </message>
        <message>
            <source>No part was inspected in this time.</source>
            <translation>这段时间内没有检测过产品。</translation>
        </message>
        <message>
            <source>No parts yet.</source>
            <translation>尚无工件。</translation>
        </message>
        <message>
            <source>No process values of the parts to learn from.</source>
            <translation>没有可供学习的工件过程值。</translation>
        </message>
        <message>
            <source>No study yet</source>
            <translation>尚无研究</translation>
        </message>
        <message>
            <source>Nobody has looked for causes yet.</source>
            <translation>尚未查找过原因。</translation>
        </message>
        <message>
            <source>Nothing to suggest while no cause is known.</source>
            <translation>尚未查明原因，暂无建议。</translation>
        </message>
        <message>
            <source>OEE</source>
            <translation>OEE</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>Overruled by operators</source>
            <translation>操作员改判</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Parts before</source>
            <translation>此前件数</translation>
        </message>
        <message>
            <source>Parts since</source>
            <translation>此后件数</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Save CSV</source>
            <translation>保存CSV</translation>
        </message>
        <message>
            <source>Say first which of the values can be set.</source>
            <translation>请先指明哪些值可以设定。</translation>
        </message>
        <message>
            <source>Set before</source>
            <translation>原设定</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>设定项</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>比例</translation>
        </message>
        <message>
            <source>Share of what is known (%)</source>
            <translation>在已知影响中的占比（%）</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>班次</translation>
        </message>
        <message>
            <source>Shift report (PDF)</source>
            <translation>班次报告 (PDF)</translation>
        </message>
        <message>
            <source>Show parts</source>
            <translation>显示产品</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>信号</translation>
        </message>
        <message>
            <source>Since {at}: {before}{arrow}{since}, {parts} parts: {result}</source>
            <translation>自 {at} 起：{before}{arrow}{since}，{parts} 件：{result}</translation>
        </message>
        <message>
            <source>Still good: serviced by plan</source>
            <translation>状态良好：按计划维护</translation>
        </message>
        <message>
            <source>Suggested settings</source>
            <translation>建议的设定</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>表格</translation>
        </message>
        <message>
            <source>Table (CSV)</source>
            <translation>表格（CSV）</translation>
        </message>
        <message>
            <source>To</source>
            <translation>到</translation>
        </message>
        <message>
            <source>Too few bad parts to look for causes: {count} of at least {minimum}, among {parts} parts.</source>
            <translation>不良件太少，无法查找原因：{parts} 件中有 {count} 件，至少需要 {minimum} 件。</translation>
        </message>
        <message>
            <source>Too few parts with process values yet: {count} of {minimum}.</source>
            <translation>带过程值的工件还太少：{count}/{minimum}。</translation>
        </message>
        <message>
            <source>Too little to compare: it takes the model's first {first} parts, and {n} of this time.</source>
            <translation>数据太少，无法比较：需要模型最初的 {first} 件，以及这段时间内的 {n} 件。</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>Upper limit</source>
            <translation>上限</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>What can be set…</source>
            <translation>可设定的值…</translation>
        </message>
        <message>
            <source>What drives {defect}</source>
            <translation>{defect}的影响因素</translation>
        </message>
        <message>
            <source>What drives {defect} · model of the line</source>
            <translation>{defect}的影响因素 · 产线模型</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Which machine was serviced?</source>
            <translation>维护了哪台设备？</translation>
        </message>
        <message>
            <source>Which parts are to be explained?</source>
            <translation>要解释哪些工件？</translation>
        </message>
        <message>
            <source>Which values can be set?</source>
            <translation>哪些值可以设定？</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>人员</translation>
        </message>
        <message>
            <source>Who follows this suggestion?</source>
            <translation>谁采纳这条建议？</translation>
        </message>
        <message>
            <source>Worn out, or it had failed</source>
            <translation>已磨损或已故障</translation>
        </message>
        <message>
            <source>Worse where</source>
            <translation>何处更差</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>已写入：{path}</translation>
        </message>
        <message>
            <source>almost is the result itself: known only afterwards?</source>
            <translation>几乎就是结果本身：是否事后才知道？</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>另有 {n} 台</translation>
        </message>
        <message>
            <source>best in the middle</source>
            <translation>居中时最好</translation>
        </message>
        <message>
            <source>better, beyond chance</source>
            <translation>变好，超出偶然</translation>
        </message>
        <message>
            <source>came only lately</source>
            <translation>近期才出现</translation>
        </message>
        <message>
            <source>comes no more</source>
            <translation>已不再上报</translation>
        </message>
        <message>
            <source>cycle {seconds} s</source>
            <translation>节拍 {seconds} 秒</translation>
        </message>
        <message>
            <source>escapes {share}</source>
            <translation>漏检 {share}</translation>
        </message>
        <message>
            <source>false rejects {share}</source>
            <translation>过杀 {share}</translation>
        </message>
        <message>
            <source>may be chance</source>
            <translation>可能是偶然</translation>
        </message>
        <message>
            <source>never changes</source>
            <translation>从不变化</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>no values of the settings since</source>
            <translation>此后没有这些设定的数值</translation>
        </message>
        <message>
            <source>not yet proven</source>
            <translation>尚未得到证实</translation>
        </message>
        <message>
            <source>of a bad and a good part it names the bad one {hits} times in 100 ({low}–{high}; chance: 50). {parts} parts, {bad} bad.</source>
            <translation>在一个不良件和一个良品之间，100 次中有 {hits} 次指出不良件（{low}–{high}；偶然为 50）。{parts} 件，{bad} 件不良。</translation>
        </message>
        <message>
            <source>often missing</source>
            <translation>经常缺失</translation>
        </message>
        <message>
            <source>pace unchanged</source>
            <translation>节拍不变</translation>
        </message>
        <message>
            <source>pace {change} parts/min</source>
            <translation>节拍 {change} 件/分</translation>
        </message>
        <message>
            <source>suggested</source>
            <translation>已建议</translation>
        </message>
        <message>
            <source>the settings were not changed ({now})</source>
            <translation>设定未被更改（{now}）</translation>
        </message>
        <message>
            <source>too few parts since ({n})</source>
            <translation>此后件数太少（{n}）</translation>
        </message>
        <message>
            <source>worse when high</source>
            <translation>偏高时更差</translation>
        </message>
        <message>
            <source>worse when low</source>
            <translation>偏低时更差</translation>
        </message>
        <message>
            <source>worse, beyond chance</source>
            <translation>变差，超出偶然</translation>
        </message>
        <message>
            <source>worst in the middle</source>
            <translation>居中时最差</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>yield {share} of {parts}</source>
            <translation>良率 {share}（共 {parts} 件）</translation>
        </message>
        <message>
            <source>{count} of {n}</source>
            <translation>{count} / {n}</translation>
        </message>
        <message>
            <source>{hits} of 100 ({low}–{high}) · {parts} parts, {bad} bad</source>
            <translation>100 次中 {hits} 次（{low}–{high}）· {parts} 件，{bad} 件不良</translation>
        </message>
        <message>
            <source>{name} was serviced. How was it?</source>
            <translation>{name} 已维护。当时状态如何？</translation>
        </message>
        <message>
            <source>{n} parts reviewed</source>
            <translation>已复判 {n} 件</translation>
        </message>
        <message>
            <source>{n} persons, {day}</source>
            <translation>{n} 人，{day}</translation>
        </message>
        <message>
            <source>{pace} parts/min</source>
            <translation>{pace} 件/分</translation>
        </message>
        <message>
            <source>{since}–{until}: {bad} NG of {n} ({share}), limits {lower}–{upper}</source>
            <translation>{since}–{until}：{n} 件中 {bad} 件不合格（{share}），界限 {lower}–{upper}</translation>
        </message>
        <message>
            <source>± (%)</source>
            <translation>±（%）</translation>
        </message>
    </context>
    <context>
        <name>LineDrift</name>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Check the focus, and clean the lens.</source>
            <translation>请检查对焦，并清洁镜头。</translation>
        </message>
        <message>
            <source>Check the focus, the distance and the parts' surface.</source>
            <translation>请检查对焦、工作距离和工件表面。</translation>
        </message>
        <message>
            <source>Check the ring light, and clean lens and light.</source>
            <translation>请检查环形光源，并清洁镜头和光源。</translation>
        </message>
        <message>
            <source>Check the ring light, exposure and stray light.</source>
            <translation>请检查环形光源、曝光和杂散光。</translation>
        </message>
        <message>
            <source>Good parts come nearer to the limit: look at some.</source>
            <translation>合格品得分逐渐接近界限：请抽查几件。</translation>
        </message>
        <message>
            <source>Prove with known bad parts that the station still sees them.</source>
            <translation>请用已知不良件验证检测站仍能检出。</translation>
        </message>
        <message>
            <source>Score of good parts</source>
            <translation>合格品得分</translation>
        </message>
        <message>
            <source>Sharpness</source>
            <translation>清晰度</translation>
        </message>
        <message>
            <source>The parts look other than those taught: look at some, teach them.</source>
            <translation>工件与示教样本不同：请查看并补充示教。</translation>
        </message>
        <message>
            <source>Unlikeness</source>
            <translation>陌生度</translation>
        </message>
        <message>
            <source>{name} as at the release.</source>
            <translation>{name}与发布时一致。</translation>
        </message>
        <message>
            <source>{name} creeping down since {at}.</source>
            <translation>{name}自 {at} 起缓慢下降。</translation>
        </message>
        <message>
            <source>{name} creeping up since {at}.</source>
            <translation>{name}自 {at} 起缓慢上升。</translation>
        </message>
        <message>
            <source>{name} higher since {at}.</source>
            <translation>{name}自 {at} 起偏高。</translation>
        </message>
        <message>
            <source>{name} lower since {at}.</source>
            <translation>{name}自 {at} 起偏低。</translation>
        </message>
        <message>
            <source>{name} too high since {at}.</source>
            <translation>{name}自 {at} 起过高。</translation>
        </message>
        <message>
            <source>{name} too low since {at}.</source>
            <translation>{name}自 {at} 起过低。</translation>
        </message>
    </context>
    <context>
        <name>LineHint</name>
        <message>
            <source>Fewer bad parts than usual: prove with known bad parts that the station still sees them.</source>
            <translation>不合格品比平时少：请用已知不良件验证检测站仍能检出。</translation>
        </message>
        <message>
            <source>Good and bad by turns: compare nests, spindles or feeders.</source>
            <translation>好坏交替出现：请比较各治具、主轴或供料器。</translation>
        </message>
        <message>
            <source>It gets worse step by step: look for what changes slowly – a tool that wears, heat, dirt.</source>
            <translation>情况在逐步变差：请查找缓慢变化的因素——刀具磨损、温度、脏污。</translation>
        </message>
        <message>
            <source>Look at the bad parts of {since}–{until}: what do they have in common?</source>
            <translation>请查看 {since}–{until} 的不合格品：它们有什么共同点？</translation>
        </message>
        <message>
            <source>More bad parts since about {since}: what was changed then – material, lot, tool, setting?</source>
            <translation>约从 {since} 起不合格品增多：当时改变了什么——材料、批次、刀具还是参数？</translation>
        </message>
        <message>
            <source>Steadier than chance allows: is the centre still right, are all parts inspected?</source>
            <translation>比随机波动还平稳：中心线是否仍正确？是否所有工件都已检测？</translation>
        </message>
        <message>
            <source>Two kinds are mixed: compare lots or machines.</source>
            <translation>两类工件混在一起：请比较批次或机器。</translation>
        </message>
    </context>
    <context>
        <name>LineRule</name>
        <message>
            <source>14 up and down</source>
            <translation>14点交替升降</translation>
        </message>
        <message>
            <source>15 too steady</source>
            <translation>15点过于平稳</translation>
        </message>
        <message>
            <source>2 of 3 near the limit</source>
            <translation>3点中2点接近界限</translation>
        </message>
        <message>
            <source>4 of 5 off centre</source>
            <translation>5点中4点偏离中心</translation>
        </message>
        <message>
            <source>6 falling</source>
            <translation>连续6点下降</translation>
        </message>
        <message>
            <source>6 rising</source>
            <translation>连续6点上升</translation>
        </message>
        <message>
            <source>8 above</source>
            <translation>连续8点偏高</translation>
        </message>
        <message>
            <source>8 below</source>
            <translation>连续8点偏低</translation>
        </message>
        <message>
            <source>8 in two groups</source>
            <translation>8点分成两群</translation>
        </message>
        <message>
            <source>9 above</source>
            <translation>连续9点偏高</translation>
        </message>
        <message>
            <source>9 below</source>
            <translation>连续9点偏低</translation>
        </message>
        <message>
            <source>Eight points in a row beyond one sigma on both sides.</source>
            <translation>连续8点在两侧均超出1σ。</translation>
        </message>
        <message>
            <source>Eight points in a row on one side of the centre.</source>
            <translation>连续8点在中心线同一侧。</translation>
        </message>
        <message>
            <source>Fifteen points in a row within one sigma.</source>
            <translation>连续15点在1σ以内。</translation>
        </message>
        <message>
            <source>Four of five points beyond one sigma on one side.</source>
            <translation>连续5点中有4点在同一侧超出1σ。</translation>
        </message>
        <message>
            <source>Fourteen points in a row going up and down by turns.</source>
            <translation>连续14点交替升降。</translation>
        </message>
        <message>
            <source>Nine points in a row on one side of the centre.</source>
            <translation>连续9点在中心线同一侧。</translation>
        </message>
        <message>
            <source>One point beyond a limit.</source>
            <translation>1点超出控制限。</translation>
        </message>
        <message>
            <source>Six points in a row rising, or falling.</source>
            <translation>连续6点上升或下降。</translation>
        </message>
        <message>
            <source>Two of three points beyond two sigma on one side.</source>
            <translation>连续3点中有2点在同一侧超出2σ。</translation>
        </message>
        <message>
            <source>out</source>
            <translation>超限</translation>
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
        <name>Pin</name>
        <message>
            <source>A PIN is set.</source>
            <translation>已设置 PIN 码。</translation>
        </message>
        <message>
            <source>Administrator’s PIN</source>
            <translation>管理员 PIN 码</translation>
        </message>
        <message>
            <source>At least 6 digits, and none that are guessed easily.</source>
            <translation>至少 6 位数字，且不易被猜到。</translation>
        </message>
        <message>
            <source>Change the PIN…</source>
            <translation>更改 PIN 码…</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>正在验证…</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>清空</translation>
        </message>
        <message>
            <source>Delete the last digit</source>
            <translation>删除最后一位</translation>
        </message>
        <message>
            <source>Enter the PIN…</source>
            <translation>输入 PIN 码…</translation>
        </message>
        <message>
            <source>Forgotten? Whoever may write the data folder sets a new one by the command “station pin set”.</source>
            <translation>忘记了？对数据文件夹有写权限的人员可用命令“station pin set”重新设置。</translation>
        </message>
        <message>
            <source>Inspecting goes on. Who has the administrator’s PIN can open it.</source>
            <translation>检测照常进行。持有管理员 PIN 码的人员可以打开此页面。</translation>
        </message>
        <message>
            <source>It guards this page, and on the Teach page the release of a model, the way back to the former one, and teaching a new product. Ten minutes after the last touch, or by the key Lock, they are locked again.</source>
            <translation>PIN 码保护本页面，以及教学页面上的模型发布、退回上一模型和教新产品。最后一次操作十分钟后，或按“锁定”键，即重新锁定。</translation>
        </message>
        <message>
            <source>New PIN</source>
            <translation>新 PIN 码</translation>
        </message>
        <message>
            <source>New PIN once more</source>
            <translation>再次输入新 PIN 码</translation>
        </message>
        <message>
            <source>No PIN is set: whoever stands here may do all this.</source>
            <translation>未设置 PIN 码：任何人都可以在此操作。</translation>
        </message>
        <message>
            <source>Present PIN</source>
            <translation>当前 PIN 码</translation>
        </message>
        <message>
            <source>Remove the PIN…</source>
            <translation>删除 PIN 码…</translation>
        </message>
        <message>
            <source>Set a PIN…</source>
            <translation>设置 PIN 码…</translation>
        </message>
        <message>
            <source>That is not the PIN. One more try, then there is a pause.</source>
            <translation>PIN 码不正确。还可再试一次，之后须等待。</translation>
        </message>
        <message>
            <source>That is not the PIN. {left} more tries.</source>
            <translation>PIN 码不正确。还可再试 {left} 次。</translation>
        </message>
        <message>
            <source>The PIN can be entered again.</source>
            <translation>可以重新输入 PIN 码。</translation>
        </message>
        <message>
            <source>The PIN is removed. Nothing asks for it any more.</source>
            <translation>PIN 码已删除，不再要求输入。</translation>
        </message>
        <message>
            <source>The PIN is set.</source>
            <translation>PIN 码已设置。</translation>
        </message>
        <message>
            <source>They were not the same. Begin with the first.</source>
            <translation>两次输入不一致，请从头输入。</translation>
        </message>
        <message>
            <source>They were not the same. Nothing was changed.</source>
            <translation>两次输入不一致，未作任何更改。</translation>
        </message>
        <message>
            <source>This page is locked</source>
            <translation>此页面已锁定</translation>
        </message>
        <message>
            <source>Too many wrong tries. Wait {minutes}:{seconds}.</source>
            <translation>输错次数过多，请等待 {minutes}:{seconds}。</translation>
        </message>
        <message>
            <source>{count} digits</source>
            <translation>{count} 位数字</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>A {availability} · P {performance} · Q {quality}</source>
            <translation>A {availability} · P {performance} · Q {quality}</translation>
        </message>
        <message>
            <source>Advice for {product} was accepted</source>
            <translation>已采纳 {product} 的建议</translation>
        </message>
        <message>
            <source>Alarm</source>
            <translation>报警</translation>
        </message>
        <message>
            <source>As at the release: {quantities}.</source>
            <translation>与发布时一致：{quantities}。</translation>
        </message>
        <message>
            <source>As of {when}</source>
            <translation>截至 {when}</translation>
        </message>
        <message>
            <source>As signed</source>
            <translation>签字时</translation>
        </message>
        <message>
            <source>Availability</source>
            <translation>时间开动率</translation>
        </message>
        <message>
            <source>Breakdown</source>
            <translation>分类统计</translation>
        </message>
        <message>
            <source>Centre: {share} of the {n} parts before</source>
            <translation>中心线：{share}，取自此前 {n} 件</translation>
        </message>
        <message>
            <source>Centre: {share}, the mean of these points</source>
            <translation>中心线：{share}，为这些点的平均值</translation>
        </message>
        <message>
            <source>Check with known parts: failed</source>
            <translation>已知样件点检：未通过</translation>
        </message>
        <message>
            <source>Check with known parts: not done</source>
            <translation>已知样件点检：未做</translation>
        </message>
        <message>
            <source>Check with known parts: nothing was said about it</source>
            <translation>已知样件点检：未说明</translation>
        </message>
        <message>
            <source>Check with known parts: passed</source>
            <translation>已知样件点检：通过</translation>
        </message>
        <message>
            <source>Commonest defects</source>
            <translation>主要缺陷</translation>
        </message>
        <message>
            <source>Cycle</source>
            <translation>节拍</translation>
        </message>
        <message>
            <source>Defects{dot}Pareto</source>
            <translation>缺陷{dot}帕累托图</translation>
        </message>
        <message>
            <source>Drift against the released model</source>
            <translation>相对发布模型的漂移</translation>
        </message>
        <message>
            <source>Escapes</source>
            <translation>漏检</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>False rejects</source>
            <translation>过杀</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>指标</translation>
        </message>
        <message>
            <source>Figures as of {when}{dot}Station {version}</source>
            <translation>数据截至 {when}{dot}Station {version}</translation>
        </message>
        <message>
            <source>Fraction NG per {size} parts{dot}p-chart</source>
            <translation>每 {size} 件不合格率{dot}p 控制图</translation>
        </message>
        <message>
            <source>Fraction NG{dot}p-chart</source>
            <translation>不合格率{dot}p 控制图</translation>
        </message>
        <message>
            <source>Good parts</source>
            <translation>合格件</translation>
        </message>
        <message>
            <source>Hand-over</source>
            <translation>交接班</translation>
        </message>
        <message>
            <source>Handed over by</source>
            <translation>交班人</translation>
        </message>
        <message>
            <source>Handed over by {giver} to {taker}, {when}</source>
            <translation>由 {giver} 交给 {taker}，{when}</translation>
        </message>
        <message>
            <source>Inspected for the first time</source>
            <translation>首次检测</translation>
        </message>
        <message>
            <source>It still runs: these are the figures as of {when}.</source>
            <translation>本班尚未结束：以下为截至 {when} 的数据。</translation>
        </message>
        <message>
            <source>Known parts</source>
            <translation>已知样件</translation>
        </message>
        <message>
            <source>Line report</source>
            <translation>产线报告</translation>
        </message>
        <message>
            <source>Measured over {planned} of planned time without breaks, of which the line stood for {stopped}; number of stops: {stops}, each a gap longer than {longest} s. Performance is against an {ideal}. Quality is the share of good parts of all. Intervals hold with 95 %.</source>
            <translation>统计范围为不含休息的计划时间 {planned}，其中停线 {stopped}；停线次数：{stops}（间隔超过 {longest} 秒即为停线）。性能以{ideal}为基准。质量为合格件占全部工件的比例。区间置信度为 95 %。</translation>
        </message>
        <message>
            <source>NG parts</source>
            <translation>不合格件</translation>
        </message>
        <message>
            <source>No NG part.</source>
            <translation>没有不合格件。</translation>
        </message>
        <message>
            <source>No part came in this time.</source>
            <translation>这段时间内没有工件。</translation>
        </message>
        <message>
            <source>No signal: the share of NG parts is as steady as before.</source>
            <translation>无信号：不合格率与之前一样稳定。</translation>
        </message>
        <message>
            <source>No stop.</source>
            <translation>没有停线。</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>编号</translation>
        </message>
        <message>
            <source>Not inspected</source>
            <translation>未检</translation>
        </message>
        <message>
            <source>Not signed.</source>
            <translation>未签字。</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>记录</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Nothing to compare with: too few parts, now or when the model was released.</source>
            <translation>无法比较：现在或模型发布时的工件太少。</translation>
        </message>
        <message>
            <source>Only: {what}</source>
            <translation>仅限：{what}</translation>
        </message>
        <message>
            <source>Open alarms</source>
            <translation>未确认报警</translation>
        </message>
        <message>
            <source>Open points</source>
            <translation>待办事项</translation>
        </message>
        <message>
            <source>Others</source>
            <translation>其他</translation>
        </message>
        <message>
            <source>Overruled</source>
            <translation>改判</translation>
        </message>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>第 {page} 页，共 {pages} 页</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>工件</translation>
        </message>
        <message>
            <source>Passed at once</source>
            <translation>一次合格</translation>
        </message>
        <message>
            <source>Performance</source>
            <translation>性能开动率</translation>
        </message>
        <message>
            <source>Quality</source>
            <translation>质量</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>复判</translation>
        </message>
        <message>
            <source>Services and accepted advice</source>
            <translation>维护与已采纳的建议</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>班次</translation>
        </message>
        <message>
            <source>Shift report</source>
            <translation>班次报告</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>信号</translation>
        </message>
        <message>
            <source>Signals</source>
            <translation>信号</translation>
        </message>
        <message>
            <source>Signed before, {when}: {giver} to {taker}</source>
            <translation>此前签字，{when}：{giver} 交给 {taker}</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>Since it was signed these figures have changed:</source>
            <translation>签字后下列数据发生了变化：</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>工位</translation>
        </message>
        <message>
            <source>Station {name}</source>
            <translation>工位 {name}</translation>
        </message>
        <message>
            <source>Stood</source>
            <translation>停线时长</translation>
        </message>
        <message>
            <source>Stood, in seconds</source>
            <translation>停线时长（秒）</translation>
        </message>
        <message>
            <source>Stops</source>
            <translation>停线</translation>
        </message>
        <message>
            <source>Taken over by</source>
            <translation>接班人</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>结束</translation>
        </message>
        <message>
            <source>Waiting for review</source>
            <translation>待复判</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>事件内容</translation>
        </message>
        <message>
            <source>What to look at</source>
            <translation>应检查什么</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Without a name</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>Yield</source>
            <translation>良率</translation>
        </message>
        <message>
            <source>and {count} more versions</source>
            <translation>另有 {count} 个版本</translation>
        </message>
        <message>
            <source>and {count} more, see the table</source>
            <translation>另有 {count} 条，见表格（CSV）</translation>
        </message>
        <message>
            <source>and {count} shorter ones, {time} together</source>
            <translation>另有 {count} 次较短停线，合计 {time}</translation>
        </message>
        <message>
            <source>ideal cycle {seconds} s, as set</source>
            <translation>理想节拍 {seconds} 秒（设定值）</translation>
        </message>
        <message>
            <source>ideal cycle {seconds} s: the best pace that the line has shown</source>
            <translation>理想节拍 {seconds} 秒（产线曾达到的最快节拍）</translation>
        </message>
        <message>
            <source>limits after Laney, σz = {spread}</source>
            <translation>控制限按 Laney 法，σz = {spread}</translation>
        </message>
        <message>
            <source>limits at three sigma</source>
            <translation>控制限为三倍西格玛</translation>
        </message>
        <message>
            <source>limits by the binomial distribution</source>
            <translation>控制限按二项分布计算</translation>
        </message>
        <message>
            <source>median while it ran</source>
            <translation>运行期间的中位数</translation>
        </message>
        <message>
            <source>no golden picture is set for {products}</source>
            <translation>{products} 未设置金样图片</translation>
        </message>
        <message>
            <source>no such part was reviewed</source>
            <translation>没有此类工件经过复判</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>of {n} reviewed</source>
            <translation>复判 {n} 件中</translation>
        </message>
        <message>
            <source>too few parts to tell the ideal cycle</source>
            <translation>未知的理想节拍（工件太少）</translation>
        </message>
        <message>
            <source>{last}, and {count} before</source>
            <translation>{last}，此前 {count} 个</translation>
        </message>
        <message>
            <source>{machine} was serviced</source>
            <translation>{machine} 已维护</translation>
        </message>
        <message>
            <source>{names} and {count} more</source>
            <translation>{names} 等，另有 {count} 个</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} 分钟</translation>
        </message>
        <message>
            <source>{n} more</source>
            <translation>另有 {n} 条</translation>
        </message>
        <message>
            <source>{n} parts could not be inspected and were rejected</source>
            <translation>{n} 件无法检测，已剔除</translation>
        </message>
        <message>
            <source>{n} parts wait for a decision</source>
            <translation>{n} 件等待判定</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} 秒</translation>
        </message>
        <message>
            <source>{recipe} v{version}, model {model} ({parts} parts)</source>
            <translation>{recipe} v{version}，模型 {model}（{parts} 件）</translation>
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
            <translation>演示：模拟工件</translation>
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
            <source>Lock</source>
            <translation>锁定</translation>
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
            <source>PIN</source>
            <translation>PIN 码</translation>
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
            <translation>测试中：不检测工件，输出由此处按键控制。</translation>
        </message>
        <message>
            <source>Take commands</source>
            <translation>接受命令</translation>
        </message>
        <message>
            <source>Test the outputs? No part is inspected meanwhile, and each output does what you press. Make sure that nobody is near the machine.</source>
            <translation>测试输出？其间不检测工件，每个输出按您的操作动作。请确认设备旁无人。</translation>
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
        <name>Study</name>
        <message>
            <source>1 trial</source>
            <translation>1 轮</translation>
        </message>
        <message>
            <source>A third of the parts is taken from near the limits, the rest half good and half bad. Everybody sees them in an order of their own, and nobody sees what the model or another person said.</source>
            <translation>三分之一的工件取自限值附近，其余合格与不合格各半。每个人看到的顺序各不相同，谁也看不到模型或他人的判定。</translation>
        </message>
        <message>
            <source>Acceptable (AIAG MSA): effectiveness 90 % or more, misses 2 % or less, false alarms 5 % or less; marginal: 80 %, 5 %, 10 %. κ: 0.75 or more is good, below 0.40 poor. “Not proven”: with so few parts another class is possible too.</source>
            <translation>可接受（AIAG MSA）：有效性 ≥ 90 %，漏检率 ≤ 2 %，过杀率 ≤ 5 %；勉强可接受：80 %、5 %、10 %。κ ≥ 0.75 为良好，&lt; 0.40 为差。“未证实”：工件数太少，也可能属于另一等级。</translation>
        </message>
        <message>
            <source>Agreement study</source>
            <translation>一致性研究</translation>
        </message>
        <message>
            <source>All judges together</source>
            <translation>全部评价者合计</translation>
        </message>
        <message>
            <source>All words (CSV)…</source>
            <translation>全部判定 (CSV)…</translation>
        </message>
        <message>
            <source>An expert judges each of the {count} parts once, before anybody else, and with all the time it takes. That is what the others are measured by.</source>
            <translation>由一位专家先于其他人对 {count} 个工件各判定一次，时间不限。其他人以此为基准来衡量。</translation>
        </message>
        <message>
            <source>An expert judges first</source>
            <translation>先由专家判定</translation>
        </message>
        <message>
            <source>Begun {time}</source>
            <translation>开始于 {time}</translation>
        </message>
        <message>
            <source>Choose the parts</source>
            <translation>选取工件</translation>
        </message>
        <message>
            <source>Cohen's κ of each pair</source>
            <translation>两两之间的 Cohen κ</translation>
        </message>
        <message>
            <source>Confirmed labels</source>
            <translation>已确认的标签</translation>
        </message>
        <message>
            <source>Disputed part {place} of {count} · {part}</source>
            <translation>有争议的工件 {place} / {count} · {part}</translation>
        </message>
        <message>
            <source>Each judge against the reference</source>
            <translation>各评价者与基准对比</translation>
        </message>
        <message>
            <source>Earlier studies…</source>
            <translation>以往的研究…</translation>
        </message>
        <message>
            <source>Effectiveness</source>
            <translation>有效性</translation>
        </message>
        <message>
            <source>Effectiveness: parts judged right in every trial, of all. Misses: bad parts called OK, of all judgements of bad parts. False alarms: good parts called NG, of all judgements of good ones. Below each the 95 % interval; it counts parts, for judging a part again proves no more.</source>
            <translation>有效性：每一轮都判对的工件 / 全部工件。漏检率：不合格品判合格 / 对不合格品的全部判定。过杀率：合格品判不合格 / 对合格品的全部判定。下方为 95 % 区间，按工件数计算，因为重复判定同一工件并不能证明更多。</translation>
        </message>
        <message>
            <source>Everybody was right about every part.</source>
            <translation>所有人对每个工件都判定正确。</translation>
        </message>
        <message>
            <source>False alarms</source>
            <translation>过杀率</translation>
        </message>
        <message>
            <source>Fleiss' κ among the persons</source>
            <translation>人员之间的 Fleiss κ</translation>
        </message>
        <message>
            <source>Fleiss' κ with the station</source>
            <translation>含检测站的 Fleiss κ</translation>
        </message>
        <message>
            <source>How well do people and station agree?</source>
            <translation>人员与检测站的判定一致吗？</translation>
        </message>
        <message>
            <source>How well people and station agree</source>
            <translation>人员与检测站的一致程度</translation>
        </message>
        <message>
            <source>Is this part good?</source>
            <translation>这个工件合格吗？</translation>
        </message>
        <message>
            <source>Judge</source>
            <translation>评价者</translation>
        </message>
        <message>
            <source>Judge as you would at the line. There is no third answer: who is not sure decides.</source>
            <translation>请像在产线上一样判定。没有第三种答案：不确定时也要作出决定。</translation>
        </message>
        <message>
            <source>Leave this part out</source>
            <translation>剔除此工件</translation>
        </message>
        <message>
            <source>Misses</source>
            <translation>漏检率</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>姓名</translation>
        </message>
        <message>
            <source>Next part</source>
            <translation>下一个工件</translation>
        </message>
        <message>
            <source>Nobody has gone through all parts yet.</source>
            <translation>还没有人判定完全部工件。</translation>
        </message>
        <message>
            <source>Of which product?</source>
            <translation>哪个产品？</translation>
        </message>
        <message>
            <source>One person alone: nothing is learnt of how persons agree.</source>
            <translation>只有一个人：无法得知人员之间是否一致。</translation>
        </message>
        <message>
            <source>One person at a time, alone at the screen. Each word is kept at once: stop whenever you like, and go on later.</source>
            <translation>一次一人，独自在屏幕前判定。每个判定立即保存：可随时停下，以后继续。</translation>
        </message>
        <message>
            <source>One trial: nothing is learnt of how a person repeats himself.</source>
            <translation>只有一轮：无法得知个人的重复性。</translation>
        </message>
        <message>
            <source>Page {page} of {pages}</source>
            <translation>第 {page} 页，共 {pages} 页</translation>
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
            <source>Parts left out because their pictures are gone: {n}.</source>
            <translation>因图像缺失而剔除的工件：{n}。</translation>
        </message>
        <message>
            <source>Parts of which all persons always said the same</source>
            <translation>所有人每次判定都相同的工件</translation>
        </message>
        <message>
            <source>Parts that were judged wrong</source>
            <translation>被误判的工件</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>People</source>
            <translation>人数</translation>
        </message>
        <message>
            <source>Previous part</source>
            <translation>上一个工件</translation>
        </message>
        <message>
            <source>Print (PDF)…</source>
            <translation>打印 (PDF)…</translation>
        </message>
        <message>
            <source>Quality engineer</source>
            <translation>质量工程师</translation>
        </message>
        <message>
            <source>Reference</source>
            <translation>基准</translation>
        </message>
        <message>
            <source>Reference: judged by {name}</source>
            <translation>基准：由 {name} 判定</translation>
        </message>
        <message>
            <source>Reference: labels that persons confirmed</source>
            <translation>基准：人工确认的标签</translation>
        </message>
        <message>
            <source>Reference: {word}</source>
            <translation>基准：{word}</translation>
        </message>
        <message>
            <source>Repeatability</source>
            <translation>重复性</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Several people judge the same parts several times, without knowing what others said. The station judges them too.</source>
            <translation>几个人多次判定相同的工件，互不知道他人的判定。检测站也判定这些工件。</translation>
        </message>
        <message>
            <source>So far: {done} of {people} people. Who has seen this should not judge any more.</source>
            <translation>目前：{people} 人中完成 {done} 人。看过此结果的人不应再参加判定。</translation>
        </message>
        <message>
            <source>Start judging</source>
            <translation>开始判定</translation>
        </message>
        <message>
            <source>Station</source>
            <translation>工位</translation>
        </message>
        <message>
            <source>The AIAG advises about 50 parts, 3 people and 3 trials.</source>
            <translation>AIAG 建议约 50 个工件、3 个人、3 轮。</translation>
        </message>
        <message>
            <source>The parts are being chosen; the station looks at them…</source>
            <translation>正在选取工件，检测站正在判定…</translation>
        </message>
        <message>
            <source>The picture is not at hand. This part cannot be judged.</source>
            <translation>图像不在。无法判定此工件。</translation>
        </message>
        <message>
            <source>The station is not among the judges: it has no word on them.</source>
            <translation>检测站不在评价者之列：它对这些工件没有判定。</translation>
        </message>
        <message>
            <source>The station judges each picture once: the same picture gives the same word every time. How it repeats with a new picture of the same part is not known from this.</source>
            <translation>检测站对每幅图像判定一次：同一图像每次结果相同。对同一工件重新拍照时的重复性，由此无从得知。</translation>
        </message>
        <message>
            <source>The station was not sure of {count} parts (Review). They count as NG: they do not pass.</source>
            <translation>检测站对 {count} 个工件不确定（待复判）。它们按不合格计：不放行。</translation>
        </message>
        <message>
            <source>The station's words are those of the records.</source>
            <translation>检测站的判定取自记录。</translation>
        </message>
        <message>
            <source>There are no parts to judge yet. Inspect some first.</source>
            <translation>还没有可判定的工件。请先检测一些。</translation>
        </message>
        <message>
            <source>There is no bad part, so nothing is known of misses, nor is κ.</source>
            <translation>没有不合格品，因此漏检率和 κ 均无从得知。</translation>
        </message>
        <message>
            <source>There is no good part, so nothing is known of false alarms, nor is κ.</source>
            <translation>没有合格品，因此过杀率和 κ 均无从得知。</translation>
        </message>
        <message>
            <source>This study is for {count} people.</source>
            <translation>本研究只限 {count} 人。</translation>
        </message>
        <message>
            <source>Trials of each</source>
            <translation>每人轮数</translation>
        </message>
        <message>
            <source>What is right is known from</source>
            <translation>正确答案来自</translation>
        </message>
        <message>
            <source>Who gives the reference?</source>
            <translation>由谁给出基准？</translation>
        </message>
        <message>
            <source>Who judges now?</source>
            <translation>现在由谁判定？</translation>
        </message>
        <message>
            <source>Who misses none of about {bad} bad parts may still miss up to {most} of them.</source>
            <translation>即使约 {bad} 个不合格品无一漏检，漏检率仍可能高达 {most}。</translation>
        </message>
        <message>
            <source>Who misses none of {bad} bad parts may still miss up to {most} of them; to prove 2 %, {needed} bad parts are needed.</source>
            <translation>即使 {bad} 个不合格品无一漏检，漏检率仍可能高达 {most}；要证实 2 %，需要 {needed} 个不合格品。</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>已写入：{path}</translation>
        </message>
        <message>
            <source>acceptable</source>
            <translation>可接受</translation>
        </message>
        <message>
            <source>done</source>
            <translation>已完成</translation>
        </message>
        <message>
            <source>marginal</source>
            <translation>勉强可接受</translation>
        </message>
        <message>
            <source>not acceptable</source>
            <translation>不可接受</translation>
        </message>
        <message>
            <source>not defined</source>
            <translation>无定义</translation>
        </message>
        <message>
            <source>same picture, same word</source>
            <translation>图像相同，判定相同</translation>
        </message>
        <message>
            <source>{class_}, not proven</source>
            <translation>{class_}，未证实</translation>
        </message>
        <message>
            <source>{count} judgements, about {minutes} min for each person.</source>
            <translation>共 {count} 次判定，每人约 {minutes} 分钟。</translation>
        </message>
        <message>
            <source>{count} trials</source>
            <translation>{count} 轮</translation>
        </message>
        <message>
            <source>{done} of {count} parts judged</source>
            <translation>已判定 {done} / {count} 个工件</translation>
        </message>
        <message>
            <source>{done} of {wanted}</source>
            <translation>{done} / {wanted}</translation>
        </message>
        <message>
            <source>{good} good and {bad} bad parts by the reference.</source>
            <translation>按基准：合格 {good} 个，不合格 {bad} 个。</translation>
        </message>
        <message>
            <source>{good} good and {bad} bad parts with a label, {records} inspected</source>
            <translation>已标注：合格 {good} 个、不合格 {bad} 个；已检测 {records} 个</translation>
        </message>
        <message>
            <source>{name} gave the reference. Somebody else must judge.</source>
            <translation>{name} 给出了基准，须由其他人判定。</translation>
        </message>
        <message>
            <source>{name} has finished trial {trial}. Take a break, let somebody else judge, or go on.</source>
            <translation>{name} 已完成第 {trial} 轮。可休息、换人判定，或继续。</translation>
        </message>
        <message>
            <source>{name} has judged everything.</source>
            <translation>{name} 已全部判定完毕。</translation>
        </message>
        <message>
            <source>{name} · reference</source>
            <translation>{name} · 基准</translation>
        </message>
        <message>
            <source>{name} · trial {trial} of {trials}</source>
            <translation>{name} · 第 {trial} / {trials} 轮</translation>
        </message>
        <message>
            <source>{product} · {parts} parts × {people} people × {trials} trials</source>
            <translation>{product} · {parts} 个工件 × {people} 人 × {trials} 轮</translation>
        </message>
        <message>
            <source>{product} · {time} · {done} of {wanted}</source>
            <translation>{product} · {time} · {done} / {wanted}</translation>
        </message>
        <message>
            <source>κ with the reference</source>
            <translation>与基准的 κ</translation>
        </message>
        <message>
            <source>… and that was right</source>
            <translation>…且判定正确</translation>
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
        <name>Upgrade</name>
        <message>
            <source>Bringing the records up to date. This happens once after an upgrade and may take some minutes; a copy of them as they were is kept.</source>
            <translation>正在更新记录。升级后只进行一次，可能需要几分钟；原有记录会保留一份副本。</translation>
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
        <name>Welcome</name>
        <message>
            <source>A PIN is chosen. Keep it well.</source>
            <translation>PIN 已选定，请妥善保管。</translation>
        </message>
        <message>
            <source>A folder for the station's data</source>
            <translation>检测站数据文件夹</translation>
        </message>
        <message>
            <source>A picture is taken…</source>
            <translation>正在拍照…</translation>
        </message>
        <message>
            <source>A station's data lie there already. Its settings, products and records hold, and nothing else is asked.</source>
            <translation>那里已有检测站的数据。其设置、产品和记录继续有效，不再询问其他问题。</translation>
        </message>
        <message>
            <source>Another folder…</source>
            <translation>其他文件夹…</translation>
        </message>
        <message>
            <source>Another one can be chosen at any time, on the Setup page.</source>
            <translation>以后可随时在“设置”页面更换。</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
        <message>
            <source>Begin with the demo product</source>
            <translation>从演示产品开始</translation>
        </message>
        <message>
            <source>Choose a PIN for the administrator</source>
            <translation>为管理员选择 PIN</translation>
        </message>
        <message>
            <source>Choose another PIN</source>
            <translation>重新选择 PIN</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Demo line</source>
            <translation>演示产线</translation>
        </message>
        <message>
            <source>Drawn flanges and a model that knows them, to look around with.</source>
            <translation>模拟法兰和已认识它们的模型，用于熟悉软件。</translation>
        </message>
        <message>
            <source>Drawn parts, no camera. A real one can be chosen later.</source>
            <translation>模拟工件，不需相机。以后可再选择真实相机。</translation>
        </message>
        <message>
            <source>Enter it once more</source>
            <translation>请再输入一次</translation>
        </message>
        <message>
            <source>Every part leaves a picture and a record. A disk of its own for them is a good place.</source>
            <translation>每个工件都会留下一张图像和一条记录。最好使用单独的磁盘。</translation>
        </message>
        <message>
            <source>Everybody may change it later, with the key at the top of the window.</source>
            <translation>以后任何人都可用窗口顶部的按键更改。</translation>
        </message>
        <message>
            <source>First start</source>
            <translation>首次启动</translation>
        </message>
        <message>
            <source>If it is forgotten: whoever administers this PC sets a new one with the command “station pin set”. No record is lost by that.</source>
            <translation>如果忘记：由这台电脑的管理员用命令“station pin set”设置新的 PIN，不会丢失任何记录。</translation>
        </message>
        <message>
            <source>It guards the Setup page and what may judge your parts; the daily work needs none.</source>
            <translation>它保护“设置”页面以及由谁来判定工件；日常工作不需要 PIN。</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查看</translation>
        </message>
        <message>
            <source>Looking whether it will do…</source>
            <translation>正在检查是否可用…</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>No camera was found.</source>
            <translation>未找到相机。</translation>
        </message>
        <message>
            <source>Nothing is begun anew in another place: no record gets lost.</source>
            <translation>不会在别处重新开始：任何记录都不会丢失。</translation>
        </message>
        <message>
            <source>One moment…</source>
            <translation>请稍候…</translation>
        </message>
        <message>
            <source>Other files lie in the folder that you chose; so this one is made in it.</source>
            <translation>所选文件夹中有其他文件，因此在其中新建此文件夹。</translation>
        </message>
        <message>
            <source>Six to twelve digits</source>
            <translation>六到十二位数字</translation>
        </message>
        <message>
            <source>Start the station</source>
            <translation>启动检测站</translation>
        </message>
        <message>
            <source>Start with these data</source>
            <translation>使用这些数据启动</translation>
        </message>
        <message>
            <source>Take another picture</source>
            <translation>再拍一张</translation>
        </message>
        <message>
            <source>Teach a first product</source>
            <translation>教第一个产品</translation>
        </message>
        <message>
            <source>Teach later</source>
            <translation>以后再教</translation>
        </message>
        <message>
            <source>The camera's picture is shown; until a product is taught, none is judged.</source>
            <translation>显示相机图像；在教会产品之前不判定任何工件。</translation>
        </message>
        <message>
            <source>The second one was another. Begin again: choose a PIN</source>
            <translation>两次输入不同。请重新选择 PIN</translation>
        </message>
        <message>
            <source>The station is being set up…</source>
            <translation>正在设置检测站…</translation>
        </message>
        <message>
            <source>The station learns a product from pictures of good parts; twenty are enough to begin.</source>
            <translation>检测站从合格品图像中学习产品；二十张即可开始。</translation>
        </message>
        <message>
            <source>The station opens where a new product is taught.</source>
            <translation>检测站将直接打开教新产品的页面。</translation>
        </message>
        <message>
            <source>The station starts…</source>
            <translation>检测站正在启动…</translation>
        </message>
        <message>
            <source>The station's data cannot be reached</source>
            <translation>无法访问检测站的数据</translation>
        </message>
        <message>
            <source>This folder was named when the station was started.</source>
            <translation>此文件夹是在启动检测站时指定的。</translation>
        </message>
        <message>
            <source>What is inspected first?</source>
            <translation>首先检测什么？</translation>
        </message>
        <message>
            <source>Where are pictures and records kept?</source>
            <translation>图像和记录保存在哪里？</translation>
        </message>
        <message>
            <source>Which camera looks at the parts?</source>
            <translation>由哪台相机查看工件？</translation>
        </message>
        <message>
            <source>Which language does the station speak?</source>
            <translation>检测站使用哪种语言？</translation>
        </message>
        <message>
            <source>Write it down and keep it where only those find it who may set the station up.</source>
            <translation>请写下来，保存在只有负责设置检测站的人才能找到的地方。</translation>
        </message>
        <message>
            <source>{free} GB free: about {pictures} pictures of 1 MB, or {days} days with {parts} parts a day</source>
            <translation>可用 {free} GB：约 {pictures} 张 1 MB 的图像，或每天 {parts} 个工件可用 {days} 天</translation>
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
            <source>Help</source>
            <translation>帮助</translation>
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
            <source>Line</source>
            <translation>产线</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <source>One moment …</source>
            <translation>请稍候…</translation>
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
