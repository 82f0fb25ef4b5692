"""Opens a QGIS project (.qgs) or layer definition (.qlr), draws each layer and prints what there is as JSON.

Usage: /usr/bin/python3 qgis_kit.py FILE [IMAGE]
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsLayerDefinition,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def draw(layers, extent, crs, size):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(size)
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def painted(layer):
    extent = QgsRectangle(layer.extent())
    extent.grow(0.2)
    image = draw([layer], extent, layer.crs(), QSize(200, 200))
    white = QColor("white").rgb()
    return sum(image.pixel(x, y) != white for x in range(200) for y in range(200))


def look(layer):
    temporal = layer.temporalProperties()
    renderer = layer.renderer()
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "geometry": QgsWkbTypes.geometryDisplayString(layer.geometryType()),
        "categories": [c.value() for c in renderer.categories()] if renderer.type() == "categorizedSymbol" else [],
        "start": temporal.startField() if temporal.isActive() else "",
        "end": temporal.endField() if temporal.isActive() else "",
        "painted": painted(layer),
    }


def main(file, image=None):
    project = QgsProject.instance()
    if file.endswith(".qgs"):
        read = project.read(file)
    else:
        read, _ = QgsLayerDefinition.loadLayerDefinition(file, project, project.layerTreeRoot())
    layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
    days = project.timeSettings().temporalRange()
    if image:
        extent = project.viewSettings().defaultViewExtent()
        draw(layers, extent, project.crs(), QSize(960, 600)).save(image)
    result = {
        "read": read,
        "begin": days.begin().toString("yyyy-MM-dd"),
        "end": days.end().toString("yyyy-MM-dd"),
        "layers": [look(layer) for layer in layers],
    }
    project.clear()
    return result


app = QgsApplication([], False)
app.initQgis()
print(json.dumps(main(*sys.argv[1:])))
app.exitQgis()
